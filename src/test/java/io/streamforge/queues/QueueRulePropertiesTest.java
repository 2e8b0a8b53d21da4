package io.streamforge.queues;

import static io.streamforge.queues.Queues.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queues.Observation.JobCreated;
import io.streamforge.queues.Observation.JobDeleteAsked;
import io.streamforge.queues.Observation.JobRefused;
import io.streamforge.queues.Observation.JobSeen;
import io.streamforge.queues.Observation.Origin;
import io.streamforge.queues.Observation.Reported;
import io.streamforge.queues.Observation.StopAsked;
import io.streamforge.queues.Observation.StopSent;
import io.streamforge.queues.Observation.Tick;
import io.streamforge.queues.Observation.Unattributed;
import io.streamforge.queues.Observation.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for the rule of queues whatever it is told, in whatever order. */
class QueueRulePropertiesTest {
  private static final int STEPS = 3;

  private static QueueState queue() {
    return Queues.launched(
        "loader-producer:api_trades",
        "arango-connector:api_trades",
        "loader-producer:api_candles_5m");
  }

  /** A step's worker says several things, and its last word is one. */
  @Provide
  Arbitrary<List<Observation>> story() {
    List<Arbitrary<List<Observation>>> steps = new ArrayList<>();
    for (int step = 1; step <= STEPS; step++) {
      steps.add(storyOf(step));
    }
    return Combinators.combine(steps).as(parts -> parts.stream().flatMap(List::stream).toList());
  }

  private static Arbitrary<List<Observation>> storyOf(int step) {
    Arbitrary<List<Observation>> chatter =
        reported(step, Arbitraries.of(Word.LOADING, Word.BAD_RECORD)).list().ofMaxSize(4);
    Arbitrary<List<Observation>> lastWord =
        reported(step, Arbitraries.of(Word.FINISHED, Word.ERROR)).list().ofMaxSize(1);
    Arbitrary<List<Observation>> interrupted =
        reported(step, Arbitraries.just(Word.INTERRUPTED)).list().ofMaxSize(1);
    Arbitrary<List<Observation>> job = job(step).list().ofMaxSize(1);
    return Combinators.combine(chatter, lastWord, interrupted, job)
        .as(
            (words, last, cut, end) -> {
              List<Observation> all = new ArrayList<>(words);
              all.addAll(last.isEmpty() ? cut : last);
              all.addAll(end);
              all.add(new JobCreated(step, at(1)));
              return all;
            });
  }

  private static Arbitrary<Observation> reported(int step, Arbitrary<Word> words) {
    return Combinators.combine(
            words, Arbitraries.longs().between(0, 1000), Arbitraries.longs().between(0, 10_000))
        .as(
            (word, records, offset) ->
                new Reported(
                    step, word, records, null, "why", new Origin("queue-events-0", offset), at(5)));
  }

  private static Arbitrary<Observation> job(int step) {
    return Arbitraries.of(JobPhase.COMPLETE, JobPhase.FAILED, JobPhase.GONE)
        .map(phase -> new JobSeen(step, phase, 1, "why", null, at(20)));
  }

  private static List<Status> ends(List<Observation> observations) {
    QueueState queue = queue();
    for (Observation observation : observations) {
      queue = Queues.RULE.apply(queue, List.of(observation));
    }
    queue = Queues.after(queue, new Tick(at(100), at(100)));
    List<Status> ends = new ArrayList<>();
    ends.add(queue.status());
    queue.steps().forEach(step -> ends.add(step.status()));
    return ends;
  }

  @Property(tries = 3000)
  void delivered_at_least_once_in_any_order_and_multiplicity_a_story_ends_the_same(
      @ForAll("story") List<Observation> story, @ForAll Random random) {
    List<Observation> delivered = new ArrayList<>(story);
    for (Observation observation : story) {
      for (int again = random.nextInt(3); again > 0; again--) {
        delivered.add(observation);
      }
    }
    Collections.shuffle(delivered, random);

    assertThat(ends(delivered)).isEqualTo(ends(story));
  }

  @Property(tries = 500)
  void records_end_as_the_greatest_that_was_reported(
      @ForAll("story") List<Observation> story, @ForAll Random random) {
    List<Observation> shuffled = new ArrayList<>(story);
    Collections.shuffle(shuffled, random);

    QueueState queue = Queues.RULE.apply(queue(), shuffled);

    for (StepState step : queue.steps()) {
      long greatest =
          story.stream()
              .filter(o -> o instanceof Reported r && r.step() == step.number())
              .mapToLong(o -> ((Reported) o).records() == null ? 0 : ((Reported) o).records())
              .max()
              .orElse(0);
      assertThat(step.recordsWritten()).isEqualTo(greatest);
    }
  }

  /** Anything at all, sense or nonsense. */
  @Provide
  Arbitrary<List<Observation>> anything() {
    Arbitrary<Integer> steps = Arbitraries.integers().between(1, STEPS);
    Arbitrary<Long> seconds = Arbitraries.longs().between(0, 300);
    Arbitrary<Observation> one =
        Combinators.combine(
                Arbitraries.integers().between(0, 11),
                steps,
                seconds,
                Arbitraries.of(Word.values()),
                Arbitraries.of(JobPhase.values()),
                Arbitraries.longs().between(0, 500))
            .as(
                (kind, step, second, word, phase, number) ->
                    switch (kind) {
                      case 0 -> new StopAsked("somebody", "rest", at(second));
                      case 1 -> new JobCreated(step, at(second));
                      case 2 -> new JobRefused(step, "forbidden", at(second));
                      case 3, 4 -> new JobSeen(step, phase, step, "why", "log", at(second));
                      case 5 -> new StopSent(at(second));
                      case 6 -> new JobDeleteAsked(step, "why", at(second));
                      case 7 -> new Tick(at(second), at(second));
                      case 8 -> new Tick(null, at(second));
                      case 9 ->
                          new Unattributed(
                              "who?", new Origin("queue-events-0", number), at(second));
                      default ->
                          new Reported(
                              step,
                              word,
                              number,
                              null,
                              "why",
                              new Origin("queue-events-0", number),
                              at(second));
                    });
    return one.list().ofMaxSize(40);
  }

  @Property(tries = 5000)
  void nothing_revives_a_final_state_nor_lets_records_or_versions_run_backwards(
      @ForAll("anything") List<Observation> observations) {
    QueueState queue = Queues.planned("realtime-pipeline");
    assertKeptAndTended(version(queue));
    for (Observation observation : observations) {
      QueueState next = Queues.RULE.apply(queue, List.of(observation));
      assertThat(next.version()).isBetween(queue.version(), queue.version() + 1);
      assertThat(next == queue).isEqualTo(next.version() == queue.version());
      if (next == queue) {
        continue;
      }
      assertThat(mayFollow(queue.status(), next.status()))
          .as("%s after %s", next.status(), queue.status())
          .isTrue();
      assertThat(next.recordsWritten()).isGreaterThanOrEqualTo(queue.recordsWritten());
      for (StepState step : next.steps()) {
        StepState before = queue.step(step.number());
        if (before.status().isFinal()) {
          assertThat(step.status()).isEqualTo(before.status());
        } else {
          assertThat(step.status().compareTo(before.status())).isGreaterThanOrEqualTo(0);
        }
        assertThat(step.status()).isNotEqualTo(Status.STOPPING);
        assertThat(step.recordsWritten()).isGreaterThanOrEqualTo(before.recordsWritten());
        if (before.job().phase() != JobPhase.GONE) {
          assertThat(step.job().phase().compareTo(before.job().phase())).isGreaterThanOrEqualTo(0);
        }
      }
      assertKeptAndTended(next);
      queue = next;
    }
  }

  private static void assertKeptAndTended(QueueState queue) {
    assertThat(QueueJson.read(QueueJson.stored(queue, null).document())).isEqualTo(queue);
    assertThat(new QueueDeeds(Queues.WAITS).due(queue, at(1000))).isNotNull();
  }

  private static QueueState version(QueueState queue) {
    return queue.version() > 0 ? queue : Queues.after(queue, new StopAsked("x", "rest", at(0)));
  }

  private static boolean mayFollow(Status before, Status after) {
    return before == after
        || switch (before) {
          case PENDING -> true;
          case LOADING -> after != Status.PENDING;
          case STOPPING -> after == Status.STOPPED;
          case FINISHED, STOPPED, ERROR -> false;
        };
  }
}
