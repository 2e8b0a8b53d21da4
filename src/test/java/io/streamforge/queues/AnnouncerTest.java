package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queues.Observation.JobCreated;
import io.streamforge.queues.Observation.Origin;
import io.streamforge.queues.Observation.Reported;
import io.streamforge.queues.Observation.Word;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Those who watch are told every change of status, whoever dies in between. */
class AnnouncerTest {
  private final Announcer announcer = announcer();
  private final List<String> topic = new ArrayList<>();

  private static Announcer announcer() {
    return new Announcer(100, Duration.ofMinutes(10), Clock.systemUTC());
  }

  private static Clock clock(Supplier<Instant> now) {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static QueueState begun() {
    return Queues.after(
        Queues.launched("loader-producer:api_trades"), new JobCreated(1, Queues.START));
  }

  private static QueueState atWork() {
    return Queues.after(begun(), report(Word.LOADING, 100, 0));
  }

  private static Reported report(Word word, long records, long offset) {
    return new Reported(
        1, word, records, null, null, new Origin("queue-events-0", offset), Queues.START);
  }

  private void publish(Announcer by, List<Announcement> announcements) {
    Announcement.records(announcements).forEach(record -> topic.add(record.value()));
    by.told(announcements);
  }

  /** What a client sees of the topic over this announcer's process. */
  private List<String> seen(Announcer by) {
    LiveView view = new LiveView(by, () -> {});
    List<String> seen = new ArrayList<>();
    for (int offset = 0; offset < topic.size(); offset++) {
      String text = view.frame(topic.get(offset), offset).texts().get("json");
      if (text != null) {
        seen.add(text);
      }
    }
    return seen;
  }

  @Test
  void what_changed_while_kafka_was_away_for_hours_is_still_looked_for() {
    Instant[] now = {Queues.START};
    Announcer patient = new Announcer(100, Duration.ofMinutes(10), clock(() -> now[0]));
    QueueState finished = Queues.after(atWork(), report(Word.FINISHED, 200, 1));
    OpenQueue closed =
        new OpenQueue(finished.id(), finished.version(), now[0].plusSeconds(5), false);

    now[0] = now[0].plus(Duration.ofHours(5));
    assertThat(patient.since()).isBefore(closed.updatedAt());
    assertThat(patient.unannounced(List.of(closed))).hasSize(1);
    assertThat(patient.since()).as("it is not told yet").isBefore(closed.updatedAt());

    publish(patient, patient.due(List.of(finished)));
    assertThat(patient.unannounced(List.of(closed))).isEmpty();
    assertThat(patient.since()).isAfter(now[0].minus(Duration.ofMinutes(11)));
  }

  @Test
  void a_status_is_shown_though_the_broker_had_the_next_version_before_it_was_read() {
    publish(announcer, announcer.due(List.of(begun())));
    publish(
        announcer, announcer.due(List.of(Queues.after(atWork(), report(Word.FINISHED, 200, 1)))));

    assertThat(seen(announcer))
        .anyMatch(text -> text.contains("its first job exists"))
        .last()
        .asString()
        .contains("\"status\":\"finished\"");
  }

  @Test
  void a_status_whose_record_was_lost_beside_a_later_one_is_told_again() {
    QueueState finished = Queues.after(atWork(), report(Word.FINISHED, 200, 1));
    List<Announcement> sent = announcer.due(List.of(finished));
    Announcement.records(sent.subList(1, sent.size())).forEach(record -> topic.add(record.value()));

    assertThat(seen(announcer)).as("not before the first").isEmpty();
    assertThat(announcer.due(List.of(finished))).isEqualTo(sent);

    topic.clear();
    publish(announcer, announcer.due(List.of(finished)));
    assertThat(seen(announcer)).hasSameSizeAs(sent);
  }

  @Test
  void what_was_announced_again_after_a_newer_version_is_not_shown() {
    publish(
        announcer, announcer.due(List.of(Queues.after(atWork(), report(Word.FINISHED, 200, 1)))));
    int before = topic.size();
    publish(announcer(), announcer().due(List.of(begun())));

    assertThat(topic).hasSizeGreaterThan(before);
    assertThat(seen(announcer())).last().asString().contains("\"status\":\"finished\"");
  }

  @Test
  void a_kill_between_two_changes_of_one_version_leaves_the_second_to_others() {
    QueueState finished = Queues.after(atWork(), report(Word.FINISHED, 200, 1));
    publish(announcer, announcer.due(List.of(atWork())));
    List<Announcement> changes = announcer.due(List.of(finished));
    assertThat(changes)
        .as("the end of the step and the end of the queue")
        .hasSize(2)
        .allMatch(change -> change.version() == finished.version());
    topic.add(Announcement.records(changes.subList(0, 1)).get(0).value());

    Announcer survivor = announcer();
    assertThat(seen(survivor)).noneMatch(text -> text.contains("\"status\":\"finished\""));
    publish(survivor, survivor.due(List.of(finished)));

    assertThat(seen(announcer())).anyMatch(text -> text.contains("\"status\":\"finished\""));
    assertThat(survivor.due(List.of(finished))).isEmpty();
  }
}
