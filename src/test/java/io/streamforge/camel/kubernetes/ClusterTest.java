package io.streamforge.camel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final TestCluster there = new TestCluster();

  @AfterEach
  void close() {
    there.close();
  }

  private static Cluster open(String master, String tokenFile, String kubeconfig) {
    Duration second = Duration.ofSeconds(5);
    return new Cluster(
        master,
        tokenFile,
        "",
        kubeconfig,
        TestCluster.NAMESPACE,
        second,
        second,
        new CallGate(100, 100, second, second, second));
  }

  private static int jobs(Cluster cluster) throws Exception {
    return cluster.askNow(
        () ->
            cluster
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .list()
                .getItems()
                .size());
  }

  private String lastAuthorization() {
    var all = there.authorizations();
    return all.get(all.size() - 1);
  }

  @Test
  void a_token_that_was_renewed_is_used_at_once() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "first\n");
    try (Cluster cluster = open(there.url(), token.toString(), "")) {
      assertThat(jobs(cluster)).isZero();
      assertThat(lastAuthorization()).isEqualTo("Bearer first");
      Files.writeString(token, "second\n");
      jobs(cluster);
      assertThat(lastAuthorization()).isEqualTo("Bearer second");
    }
  }

  @Test
  void without_a_token_none_is_sent() throws Exception {
    try (Cluster cluster = open(there.url(), "", "")) {
      jobs(cluster);
      assertThat(lastAuthorization()).isEmpty();
    }
  }

  @Test
  void a_token_that_cannot_be_read_is_said_and_not_waited_for() {
    try (Cluster cluster = open(there.url(), folder.resolve("missing").toString(), "")) {
      assertThatExceptionOfType(PeerAwayException.class)
          .isThrownBy(() -> jobs(cluster))
          .withMessageContaining("missing");
    }
  }

  @Test
  void the_current_context_of_a_kubeconfig_says_where_the_cluster_is() throws Exception {
    try (Cluster cluster = open("", "", kubeconfig("current-context: here").toString())) {
      assertThat(jobs(cluster)).isZero();
      assertThat(lastAuthorization()).isEqualTo("Bearer of-a-user");
    }
  }

  @Test
  void a_kubeconfig_without_a_current_context_is_refused() throws IOException {
    String file = kubeconfig("").toString();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open("", "", file))
        .withMessageContaining("names no current context")
        .withMessageContaining("K8S_MASTER");
  }

  @Test
  void a_kubeconfig_that_is_none_is_refused_in_one_line() throws IOException {
    String file = Files.writeString(folder.resolve("broken"), "clusters: [x").toString();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.requireContext(file))
        .withMessageContaining("cannot be read")
        .satisfies(wrong -> assertThat(wrong.getMessage()).doesNotContain("\n"));
  }

  private Path kubeconfig(String current) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters:
        - {name: one, cluster: {server: "%s"}}
        users:
        - {name: me, user: {token: of-a-user}}
        contexts:
        - {name: here, context: {cluster: one, user: me}}
        %s
        """
            .formatted(there.url(), current));
  }

  @Test
  void what_the_api_server_forbids_is_told_from_what_it_cannot_do_now() {
    try (Cluster cluster = open(there.url(), "", "")) {
      there.answer(any -> true, 403, "Forbidden", "no right");
      assertThatExceptionOfType(PeerRefusedException.class)
          .isThrownBy(() -> jobs(cluster))
          .withMessage("the API server answers 403: no right")
          .satisfies(refused -> assertThat(refused.code()).isEqualTo(403));
      there.answer(any -> true, 401, "Unauthorized", "Unauthorized");
      assertThatExceptionOfType(PeerAwayException.class).isThrownBy(() -> jobs(cluster));
    }
  }
}
