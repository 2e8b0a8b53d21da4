package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.summaries.SummaryEvent.Joined;
import io.streamforge.summaries.SummaryEvent.Leading;
import io.streamforge.summaries.SummaryEvent.Postponed;
import io.streamforge.summaries.SummaryEvent.Settled;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeptSummariesTest {
  private static final String ID = "jax337zmdinubmf3mp3zkbkrhc";
  private static final Fingerprints FINGERPRINTS = new Fingerprints("model, prompt 1");
  private static final Discussion DISCUSSION = discussion("Shall we?", "Yes.");
  private static final String SAME = FINGERPRINTS.of(DISCUSSION);

  private final KeptSummaries kept =
      new KeptSummaries(
          Clock.fixed(Asked.NOW, ZoneOffset.UTC), Duration.ofSeconds(2), FINGERPRINTS);

  private static Discussion discussion(String... texts) {
    return new Discussion(
        Asked.THREAD.rootId(),
        Asked.THREAD.channelId(),
        IntStream.range(0, texts.length)
            .mapToObj(
                at -> new Message(at + 1, "post" + at, "anna", texts[at], Asked.NOW, List.of(), 0))
            .toList());
  }

  @Test
  void a_summary_of_the_same_messages_is_shown_once_more_and_says_so() {
    SummaryEvent found = find(laterThan(Asked.finished("earlier", SAME, "the summary")));
    assertThat(found).isInstanceOf(Settled.class);
    Reply reply = ((Settled) found).reply();
    assertThat(reply.kind()).isEqualTo(Reply.Kind.KEPT);
    assertThat(reply.parts().get(0)).contains("Nothing has been said").endsWith("the summary");
  }

  @Test
  void of_other_messages_another_one_is_made() {
    String other = FINGERPRINTS.of(discussion("Shall we?", "No."));
    assertThat(find(Asked.finished("earlier", other, "the summary"))).isNull();
    assertThat(other).isNotEqualTo(SAME);
    assertThat(new Fingerprints("model, prompt 2").of(DISCUSSION)).isNotEqualTo(SAME);
  }

  @Test
  void a_summary_that_is_on_its_way_serves_whoever_asks_meanwhile() {
    assertThat(find(Asked.answering("earlier", SAME, "the summary")))
        .isEqualTo(new Joined(ID, Asked.OWNER, "earlier"));
  }

  @Test
  void what_was_shown_again_is_no_source_and_what_lacks_something_is_not_kept() {
    Summary first = Asked.working("earlier");
    Reply again = new Reply(Reply.Kind.KEPT, "the summary");
    Summary shown =
        deliver(Asked.after(first, new Settled("earlier", Asked.OWNER, again, Asked.made(SAME))));
    assertThat(find(laterThan(shown))).isNull();
    Made gap =
        new Made(12, 9, 1, 1, "model", "1", "en", SAME, SummaryJson.MAPPER.createArrayNode());
    Made digest = new Made(12, 12, 0, 0, "", "", "en", SAME, SummaryJson.MAPPER.createArrayNode());
    for (Made made : List.of(gap, digest)) {
      Reply reply = new Reply(Reply.Kind.SUMMARY, "the summary");
      Summary partial =
          deliver(Asked.after(first, new Settled("earlier", Asked.OWNER, reply, made)));
      assertThat(find(laterThan(partial))).isNull();
    }
  }

  @Test
  void whoever_asks_while_a_thread_is_being_summarised_joins_that() {
    Summary leader = Asked.after(Asked.working("earlier"), new Leading("earlier", Asked.OWNER));
    assertThat(kept.join(Asked.working(ID), stored(leader)))
        .isEqualTo(new Joined(ID, Asked.OWNER, "earlier"));
    assertThat(kept.join(Asked.working(ID), List.of())).isInstanceOf(Postponed.class);
  }

  @Test
  void a_request_is_not_served_by_itself() {
    assertThat(find(Asked.answering(ID, SAME, "the summary"))).isNull();
  }

  /** So that it has arrived before the request was made. */
  private static Summary laterThan(Summary finished) {
    assertThat(finished.finishedAt()).isEqualTo(Asked.NOW);
    return finished;
  }

  private static Summary deliver(Summary summary) {
    return Asked.after(
        summary, new SummaryEvent.Delivered(summary.id(), Asked.OWNER, List.of("post")));
  }

  private @Nullable SummaryEvent find(Summary other) {
    return kept.find(Asked.working(ID), stored(other), DISCUSSION);
  }

  private static List<StoredSummary> stored(Summary... others) {
    return Stream.of(others).map(SummaryJson::stored).toList();
  }
}
