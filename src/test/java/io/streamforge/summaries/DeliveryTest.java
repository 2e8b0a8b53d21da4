package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.mattermost.MattermostRefusedException;
import io.streamforge.summaries.Delivery.Part;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final String ID = "jax337zmdinubmf3mp3zkbkrhc";
  private static final String BOT = "rxo15ukayjromkd1j11j36r98r";
  private final Delivery delivery = new Delivery(Duration.ofSeconds(30), "auto");

  @Test
  void the_first_part_takes_the_place_that_was_kept_for_it() {
    Summary placed =
        Asked.after(Asked.working(ID), new SummaryEvent.Placed(ID, Asked.OWNER, "place"));
    Summary summary = settled(placed, "one", "two");
    List<Part> parts = delivery.parts(summary, null, BOT);
    assertThat(parts).extracting(Part::postId).containsExactly("place", null);
    assertThat(parts).extracting(Part::text).containsExactly("one", "two");
    assertThat(parts).noneMatch(Part::there);
  }

  @Test
  void a_post_says_for_which_request_and_part_it_stands() {
    ObjectNode post = delivery.parts(settled(Asked.working(ID), "one"), null, BOT).get(0).post();
    assertThat(post.path("root_id").asText()).isEqualTo(Asked.THREAD.rootId());
    assertThat(post.path("channel_id").asText()).isEqualTo(Asked.THREAD.channelId());
    assertThat(post.path("props").path("summary_request").asText()).isEqualTo(ID);
    assertThat(post.path("props").path("summary_part").asText()).isEqualTo("1");
    assertThat(post.path("pending_post_id").asText()).isEqualTo(ID + ":1");
  }

  @Test
  void what_has_arrived_is_not_posted_again() {
    JsonNode thread = thread(post("p2", BOT, ID, "2", "two"), post("p1", BOT, ID, "1", "waiting"));
    List<Part> parts = delivery.parts(settled(Asked.working(ID), "one", "two"), thread, BOT);
    assertThat(parts).extracting(Part::postId).containsExactly("p1", "p2");
    assertThat(parts).extracting(Part::there).containsExactly(false, true);
  }

  @Test
  void what_others_posted_in_its_name_is_not_ours() {
    JsonNode thread =
        thread(
            post("p1", "os4i89ssu7y89bec5rotn9rnbw", ID, "1", "one"),
            post("p2", BOT, "another request", "1", "one"));
    assertThat(delivery.parts(settled(Asked.working(ID), "one"), thread, BOT))
        .extracting(Part::postId)
        .containsOnlyNulls();
    assertThat(delivery.superfluous(Asked.working(ID), thread, BOT, List.of())).isEmpty();
  }

  @Test
  void of_two_posts_for_one_part_the_one_that_says_it_stays() {
    JsonNode thread = thread(post("p1", BOT, ID, "1", "waiting"), post("p2", BOT, ID, "1", "one"));
    Part part = delivery.parts(settled(Asked.working(ID), "one"), thread, BOT).get(0);
    assertThat(part.postId()).isEqualTo("p2");
    assertThat(delivery.superfluous(Asked.working(ID), thread, BOT, List.of("p2")))
        .containsExactly("p1");
  }

  @Test
  void a_part_that_cannot_be_edited_becomes_a_post_that_the_server_does_not_take_for_the_old_one()
      throws Exception {
    Summary placed =
        Asked.after(Asked.working(ID), new SummaryEvent.Placed(ID, Asked.OWNER, "place"));
    Part part = delivery.parts(settled(placed, "one"), null, BOT).get(0);
    Part anew = delivery.anew(part, new MattermostRefusedException(403, "", "No."));
    assertThat(anew.postId()).isNull();
    assertThat(anew.post().path("pending_post_id"))
        .isNotEqualTo(part.post().path("pending_post_id"));
    MattermostRefusedException token = new MattermostRefusedException(401, "", "No.");
    assertThatThrownBy(() -> delivery.anew(part, token)).isSameAs(token);
  }

  @Test
  void a_first_try_cannot_have_posted_anything() {
    Summary first = Asked.working(ID);
    assertThat(delivery.mayHavePosted(first)).isFalse();
    Summary second =
        Asked.after(first, new SummaryEvent.Taken(ID, "process-2"), Asked.NOW.plusSeconds(60));
    assertThat(delivery.mayHavePosted(second)).isTrue();
    assertThat(delivery.mayHavePosted(Asked.overRest(ID))).isFalse();
  }

  @Test
  void only_a_summary_that_took_long_mentions_whoever_asked() {
    Summary placed =
        Asked.after(Asked.working(ID), new SummaryEvent.Placed(ID, Asked.OWNER, "place"));
    Summary answering = settled(placed, "one");
    SummaryEvent arrived = new SummaryEvent.Delivered(ID, Asked.OWNER, List.of("place"));
    Summary quick = Asked.after(answering, arrived, Asked.NOW.plusSeconds(30));
    Summary slow = Asked.after(answering, arrived, Asked.NOW.plusSeconds(31));
    assertThat(delivery.isMentionDue(quick)).isFalse();
    assertThat(delivery.isMentionDue(slow)).isTrue();
    assertThat(new Delivery(Duration.ZERO, "auto").isMentionDue(slow)).isFalse();
    JsonNode users = SummaryJson.MAPPER.createArrayNode().addObject().put("username", "alice");
    assertThat(delivery.mention(slow, SummaryJson.MAPPER.createArrayNode().add(users)).text())
        .startsWith("@alice ");
  }

  private static Summary settled(Summary summary, String... parts) {
    Reply reply = new Reply(Reply.Kind.SUMMARY, List.of(parts));
    return Asked.after(summary, new SummaryEvent.Settled(ID, Asked.OWNER, reply, Asked.made("f")));
  }

  private static ObjectNode post(
      String id, String user, String request, String part, String message) {
    ObjectNode post = SummaryJson.MAPPER.createObjectNode().put("id", id).put("user_id", user);
    post.put("message", message).put("create_at", 1).put("delete_at", 0);
    post.putObject("props").put("summary_request", request).put("summary_part", part);
    return post;
  }

  private static JsonNode thread(ObjectNode... posts) {
    ObjectNode thread = SummaryJson.MAPPER.createObjectNode();
    ObjectNode byId = thread.putObject("posts");
    for (ObjectNode post : posts) {
      byId.set(post.path("id").asText(), post);
    }
    return thread;
  }
}
