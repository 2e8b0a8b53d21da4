package io.streamforge.camel.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.streamforge.Settings;
import io.streamforge.camel.leadership.Election.Candidate;
import io.streamforge.camel.leadership.Leadership;
import io.streamforge.camel.leadership.Leadership.Leader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of several processes leads by a Lease, whatever the API server answers, or does not. */
class LeaseElectionTest {
  // So long that neither a leader nor the API server loses it by standing still for a second.
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Duration RENEWAL = Duration.ofSeconds(4);
  private static final Duration RETRY = Duration.ofMillis(150);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  private @Nullable Process far;
  private final TestCluster cluster = new TestCluster();
  private final List<String> story = new CopyOnWriteArrayList<>();
  private final List<Member> processes = new ArrayList<>();

  private static Cluster client(String url) {
    return client(url, RENEWAL.dividedBy(2));
  }

  private static Cluster client(String url, Duration timeout) {
    Duration second = Duration.ofSeconds(1);
    return new Cluster(
        url,
        "",
        "",
        "",
        TestCluster.NAMESPACE,
        timeout,
        timeout,
        new CallGate(100, 100, second, second, second));
  }

  private static Leadership leadership(Cluster client, String name) {
    return leadership(client, name, new LeaseElection.Times(LEASE, RENEWAL, RETRY));
  }

  private static Leadership leadership(Cluster client, String name, LeaseElection.Times times) {
    return new Leadership(
        new LeaseElection(client, "test-leader", name, times), name, Clock.systemUTC());
  }

  /** What stands for a process: its leadership, over a client of its own. */
  private final class Member {
    private final String name;
    private final Cluster client;
    private final Leadership leadership;
    private boolean works;

    Member(String name) {
      this.name = name;
      client = client(cluster.url());
      leadership = leadership(client, name);
      leadership.add(this::perform);
      leadership.start();
      processes.add(this);
    }

    private boolean perform(boolean leading) {
      if (works != leading) {
        works = leading;
        story.add(name + (leading ? " begins" : " ends"));
      }
      return true;
    }

    boolean leads() {
      return leadership.holds();
    }
  }

  @AfterEach
  void close() {
    cluster.heal();
    processes.forEach(process -> process.leadership.close());
    if (far != null) {
      far.destroyForcibly();
    }
    cluster.close();
  }

  private static Duration since(Instant begun) {
    return Duration.between(begun, Instant.now());
  }

  private Member leader(String name) {
    Member process = new Member(name);
    await().atMost(PATIENCE).until(process::leads);
    return process;
  }

  private static void awaitLeaderOne(Member other) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(other.leadership.state().leader().map(Leader::name)).hasValue("one"));
  }

  @Test
  void one_of_two_leads_and_the_other_knows_who() {
    Member one = leader("one");
    Member other = new Member("other");

    awaitLeaderOne(other);

    await().atMost(PATIENCE).during(LEASE.plus(RENEWAL)).until(() -> one.leads() && !other.leads());
    assertThat(story).containsExactly("one begins");
    assertThat(other.leadership.state().trouble()).isEmpty();
  }

  @Test
  void a_lead_that_is_given_up_is_taken_at_once_after_the_work_has_ended() {
    Member one = leader("one");
    Member other = new Member("other");
    awaitLeaderOne(other);
    Instant begun = Instant.now();

    one.leadership.close();

    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(other::leads);
    System.out.printf(
        "a leader by Lease that leaves is replaced after %d ms%n", since(begun).toMillis());
    assertThat(since(begun)).isLessThan(Duration.ofSeconds(2));
    await().until(() -> story.size() == 3);
    assertThat(story).containsExactly("one begins", "one ends", "other begins");
    assertThat(one.leadership.state().leading()).isFalse();
  }

  @Test
  void a_leader_that_is_cut_off_ends_its_work_before_another_begins() {
    Member one = leader("one");
    Member other = new Member("other");
    awaitLeaderOne(other);
    Instant begun = Instant.now();

    one.client.close();

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              // Whether the first still leads is asked last: it does not come back.
              boolean taken = other.leads();
              assertThat(taken && one.leads()).as("both lead").isFalse();
              return taken;
            });
    System.out.printf(
        "a leader by Lease of %d ms that is gone is replaced after %d ms%n",
        LEASE.toMillis(), since(begun).toMillis());
    await().until(() -> story.size() == 3);
    assertThat(story).containsExactly("one begins", "one ends", "other begins");
    assertThat(since(begun)).isBetween(RENEWAL, LEASE.plus(RETRY.multipliedBy(10)));
  }

  /** A process of its own that stands for election, and says when it acts as the leader. */
  static final class Standing {
    public static void main(String[] arguments) throws InterruptedException {
      Leadership leadership = leadership(client(arguments[0]), "far", times(arguments[1]));
      leadership.start();
      while (true) {
        // Before it asks: it may be frozen after the answer.
        long now = System.currentTimeMillis();
        if (leadership.holds()) {
          System.out.println("acts at " + now);
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
  }

  private static LeaseElection.Times times(String durations) {
    List<Duration> times = Stream.of(durations.split(" ")).map(Duration::parse).toList();
    return new LeaseElection.Times(times.get(0), times.get(1), times.get(2));
  }

  private Path far() throws IOException {
    return far(LEASE + " " + RENEWAL + " " + RETRY);
  }

  private Path far(String times) throws IOException {
    Path said = directory.resolve("far.log");
    far =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Standing.class.getName(),
                cluster.url(),
                times)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(said.toFile()))
            .start();
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(said).contains("acts"));
    return said;
  }

  private static long lastDeed(Path said) throws IOException {
    try (Stream<String> lines = Files.lines(said)) {
      return lines
          .filter(line -> line.matches("acts at [0-9]+"))
          .mapToLong(line -> Long.parseLong(line.substring("acts at ".length())))
          .max()
          .orElse(0);
    }
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(far.pid())).start().waitFor();
  }

  @Test
  void a_leader_that_was_frozen_acts_no_more_once_another_leads() throws Exception {
    Path said = far();
    Member here = new Member("here");
    await().atMost(PATIENCE).until(() -> here.leadership.state().leader().isPresent());

    signal("STOP");
    Instant frozen = Instant.now();
    await().atMost(PATIENCE).until(here::leads);
    System.out.printf(
        "a leader by Lease of %d ms that is frozen is replaced after %d ms%n",
        LEASE.toMillis(), since(frozen).toMillis());
    signal("CONT");

    await().atMost(PATIENCE).until(() -> Files.readString(said).contains("leads no more"));
    await().atMost(PATIENCE).during(RENEWAL).until(here::leads);
    assertThat(Instant.ofEpochMilli(lastDeed(said))).isBefore(frozen.plus(RENEWAL));
  }

  @Test
  void a_leader_that_is_killed_is_replaced_when_its_lease_has_run_out() throws Exception {
    far();
    Member here = new Member("here");
    await().atMost(PATIENCE).until(() -> here.leadership.state().leader().isPresent());
    Instant killed = Instant.now();

    far.destroyForcibly().waitFor();

    await().atMost(PATIENCE).until(here::leads);
    System.out.printf(
        "a leader by Lease of %d ms that is killed is replaced after %d ms%n",
        LEASE.toMillis(), since(killed).toMillis());
    assertThat(since(killed)).isLessThan(LEASE.plus(RETRY.multipliedBy(10)));
  }

  @Test
  @Tag("endurance")
  void at_the_times_of_the_settings_a_killed_leader_is_replaced_within_15_s() throws Exception {
    Settings settings = Settings.load(Path.of(""), Map.of());
    String times =
        Stream.of("leader.lease", "leader.renewal", "leader.retry.period")
            .map(setting -> settings.duration(setting).toString())
            .collect(Collectors.joining(" "));
    List<Long> taken = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      far(times);
      Cluster client = client(cluster.url());
      Leadership here = leadership(client, "here-" + round, times(times));
      here.start();
      await().until(() -> here.state().leader().map(Leader::name).equals(Optional.of("far")));
      Instant killed = Instant.now();

      requireNonNull(far).destroyForcibly().waitFor();

      await().atMost(Duration.ofSeconds(15)).until(here::holds);
      taken.add(since(killed).toMillis());
      here.close();
    }
    System.out.printf(
        "a leader by Lease at the default times (%s) that is killed is replaced after %s ms%n",
        times, taken);
  }

  @Test
  void how_old_a_lease_is_does_not_depend_on_a_clock_that_is_set() {
    leader("one");
    Wall clock = new Wall();
    Cluster client = client(cluster.url(), Duration.ofSeconds(10));
    HeldLease seen =
        new HeldLease(TestCluster.NAMESPACE, "test-leader", "other", new Deaf(), clock, null);
    // Nobody renews it while it is looked at.
    cluster.hang(request -> request.startsWith("PATCH"));
    await()
        .pollInterval(RETRY)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(age(seen, client, clock)).isGreaterThan(RETRY));

    for (int hours : List.of(1, -2)) {
      clock.now = clock.now.plus(Duration.ofHours(hours));
      assertThat(age(seen, client, clock)).isBetween(RETRY, Duration.ofMinutes(1));
    }
    client.close();
  }

  /** A clock that somebody sets. */
  private static final class Wall extends Clock {
    private Instant now = Instant.now();

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static Duration age(HeldLease lease, Cluster client, Clock clock) {
    return Duration.between(
        requireNonNull(lease.get(client.client())).getRenewTime().toInstant(), clock.instant());
  }

  /** Stands for election and listens to nothing. */
  private static final class Deaf implements Candidate {
    @Override
    public void changed() {}

    @Override
    public void seen(String leader, Instant since) {}

    @Override
    public void works() {}

    @Override
    public void troubled(String reason) {}
  }

  @Test
  void a_leader_whose_renewals_are_refused_leads_no_more_until_they_are_taken_again() {
    Member one = leader("one");
    cluster.answer(
        request -> request.startsWith("PATCH"), 403, "Forbidden", "leases is forbidden: no patch");

    await().atMost(PATIENCE).until(() -> story.contains("one ends"));
    await().atMost(PATIENCE).during(LEASE).until(() -> !one.leads());
    assertThat(one.leadership.state().trouble())
        .hasValue("the API server answers 403: leases is forbidden: no patch");

    cluster.heal();
    await().atMost(PATIENCE).until(one::leads);
    assertThat(one.leadership.state().trouble()).isEmpty();
    await().until(() -> story.size() == 3);
    assertThat(story).containsExactly("one begins", "one ends", "one begins");
  }

  @Test
  void an_api_server_that_says_nothing_takes_the_lead_and_gives_it_back() {
    Member one = leader("one");
    cluster.hang(request -> request.contains("/leases"));
    long begun = System.nanoTime();
    AtomicLong last = new AtomicLong(begun);

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              // Before it is asked: the answer may be late.
              long asked = System.nanoTime();
              boolean leads = one.leads();
              if (leads) {
                last.set(asked);
              }
              return !leads;
            });

    assertThat(Duration.ofNanos(last.get() - begun)).isLessThanOrEqualTo(RENEWAL);
    await().until(() -> story.contains("one ends"));
    cluster.heal();
    await().atMost(PATIENCE).until(one::leads);
  }

  @Test
  void a_server_error_while_nobody_leads_is_survived() {
    cluster.answer(request -> request.contains("/leases"), 500, "InternalError", "etcd is away");
    Member one = new Member("one");
    await().until(() -> one.leadership.state().trouble().isPresent());
    assertThat(one.leads()).isFalse();

    cluster.heal();

    await().atMost(PATIENCE).until(one::leads);
  }

  @Test
  void a_lease_that_somebody_made_by_hand_is_told_and_not_led_by() {
    cluster.plantLease("test-leader");
    Member one = new Member("one");

    await().until(() -> one.leadership.state().trouble().isPresent());

    assertThat(one.leadership.state().trouble().orElseThrow()).contains("test-leader");
    assertThat(one.leads()).isFalse();
  }

  @Test
  void times_that_let_two_lead_are_refused() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeaseElection.Times(second, second, RETRY))
        .withMessageContaining("give up before others");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeaseElection.Times(LEASE, second, Duration.ofMillis(460)))
        .withMessageContaining("more than twice");
  }
}
