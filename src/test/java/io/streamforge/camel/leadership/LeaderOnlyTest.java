package io.streamforge.camel.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes of the leader run as long as their process leads. */
class LeaderOnlyTest {
  private final PlayedElection election = new PlayedElection();
  private final Leadership leadership = new Leadership(election, "this", Clock.systemUTC());
  private final CamelContext camel = new DefaultCamelContext();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /** An election that the test decides. */
  private static final class PlayedElection implements Election {
    private volatile boolean holds;
    private volatile boolean left;
    private volatile @Nullable Candidate candidate;

    void decide(boolean lead) {
      holds = lead;
      Candidate standing = candidate;
      if (standing != null) {
        standing.changed();
      }
    }

    @Override
    public String kind() {
      return "played";
    }

    @Override
    public void check() {}

    @Override
    public void stand(Candidate standing) {
      candidate = standing;
    }

    @Override
    public boolean holds() {
      return holds;
    }

    @Override
    public void leave() {
      left = true;
    }
  }

  @BeforeEach
  void start() throws Exception {
    LeaderOnly leaderOnly = new LeaderOnly(leadership);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("seda:mine").routeId("mine").routePolicy(leaderOnly).process(this::hear);
            from("seda:off").routeId("off").routePolicy(leaderOnly).autoStartup(false).log("off");
            from("seda:everybody").routeId("everybody").process(this::hear);
          }

          private void hear(org.apache.camel.Exchange exchange) {
            heard.add(exchange.getMessage().getBody(String.class));
          }
        });
    camel.start();
    leadership.start();
  }

  @AfterEach
  void stop() {
    leadership.close();
    camel.stop();
  }

  private boolean started(String route) {
    return camel.getRouteController().getRouteStatus(route).isStarted();
  }

  private void send(String route, String text) {
    camel.createFluentProducerTemplate().withBody(text).to("seda:" + route).asyncSend();
  }

  @Test
  void they_start_with_the_lead_and_stop_with_it_and_others_are_left_alone() {
    assertThat(started("mine")).isFalse();
    assertThat(started("everybody")).isTrue();

    election.decide(true);
    await().until(() -> started("mine"));
    assertThat(started("off")).isFalse();

    election.decide(false);
    await().until(() -> !started("mine"));
    assertThat(started("everybody")).isTrue();
    assertThat(leadership.changes()).isEqualTo(2);
  }

  @Test
  void a_lead_that_was_lost_without_a_word_is_noticed() {
    election.decide(true);
    await().until(() -> started("mine"));

    election.holds = false;

    await().until(() -> !started("mine"));
  }

  @Test
  void what_is_taken_up_while_another_may_lead_goes_no_further() throws Exception {
    election.decide(true);
    await().until(() -> started("mine"));
    send("mine", "first");
    await().until(() -> heard.contains("first"));

    // As when the process was frozen: the routes still run.
    election.holds = false;
    send("mine", "late");
    send("everybody", "other");
    await().until(() -> heard.contains("other"));
    await().until(() -> !started("mine"));

    assertThat(heard).containsExactly("first", "other");
  }

  @Test
  void whoever_leaves_ends_its_work_before_others_can_lead() {
    election.decide(true);
    await().until(() -> started("mine"));

    leadership.close();

    assertThat(started("mine")).isFalse();
    assertThat(election.left).isTrue();
    assertThat(leadership.state().leading()).isFalse();
  }
}
