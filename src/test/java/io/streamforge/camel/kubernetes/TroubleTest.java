package io.streamforge.camel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** Read from what a real cluster (v1.32) shows. */
class TroubleTest {

  private static <T> T read(String name, Class<T> type) {
    try (InputStream in = TroubleTest.class.getResourceAsStream("/kubernetes/" + name + ".json")) {
      return Serialization.unmarshal(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_container_that_failed_has_an_exit_code() {
    Pod pod = read("pods-of-failed-job", PodList.class).getItems().get(0);

    assertThat(Trouble.of(pod))
        .hasValueSatisfying(
            trouble -> {
              assertThat(trouble.exitCode()).isEqualTo(3);
              assertThat(trouble.container()).isEqualTo("worker");
              assertThat(trouble.words()).isEqualTo("failed (Error, exit code 3)");
            });
  }

  @Test
  void an_image_that_cannot_be_pulled_is_called_so() {
    Pod pod = read("pods-image-pull-backoff", PodList.class).getItems().get(0);

    assertThat(Trouble.of(pod).map(Trouble::words))
        .hasValue("cannot get its image (ImagePullBackOff)");
  }

  @Test
  void a_pod_at_work_has_no_trouble() {
    Pod pod = new PodBuilder().withNewStatus().withPhase("Running").endStatus().build();

    assertThat(Trouble.of(pod)).isEmpty();
    assertThat(Trouble.of(new Pod())).isEmpty();
  }

  @Test
  void a_job_has_failed_or_is_complete_or_neither() {
    Job failed = read("job-failed", Job.class);
    Job complete = read("job-complete", Job.class);

    assertThat(Trouble.of(failed).map(Trouble::reason)).hasValue("BackoffLimitExceeded");
    assertThat(Trouble.isComplete(failed)).isFalse();
    assertThat(Trouble.of(complete)).isEmpty();
    assertThat(Trouble.isComplete(complete)).isTrue();
    assertThat(Trouble.of(new Job())).isEmpty();
  }

  @Test
  void a_long_message_becomes_one_short_line() {
    Trouble trouble = new Trouble("Evicted", null, "low on\n  memory " + "x".repeat(400), null);

    assertThat(trouble.words())
        .startsWith("was evicted from its node (Evicted): low on memory xxx")
        .endsWith("…")
        .hasSizeLessThan(360);
  }

  @Test
  void a_log_is_cut_between_characters() {
    assertThat(PodLog.last("aéé", 4)).isEqualTo("éé");
    assertThat(PodLog.last("aéé", 3)).isEqualTo("é");
    assertThat(PodLog.last("abc", 4096)).isEqualTo("abc");
  }
}
