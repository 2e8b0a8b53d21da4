package io.streamforge.launchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.streamforge.camel.kubernetes.CallGate;
import io.streamforge.camel.kubernetes.Cluster;
import io.streamforge.camel.kubernetes.Fate;
import io.streamforge.camel.kubernetes.LeaseElection;
import io.streamforge.camel.kubernetes.TestCluster;
import io.streamforge.camel.leadership.Leadership;
import io.streamforge.queues.JobPhase;
import io.streamforge.queues.JobSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Role of the manifests allows what the code asks an API server for, and nothing else: every
 * call of a job's whole life is taken down and held against it.
 */
class RoleTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern CALL =
      Pattern.compile(
          "(?<method>[A-Z]+) /(?:api|apis/(?<group>[^/]+))/v1/namespaces/[^/]+/(?<resource>[^/?]+)"
              + "(?:/(?<name>[^/?]+))?(?:/(?<part>[^/?]+))?(?<query>\\?.*)?");

  private final Jobs jobs = new Jobs("2024-06-01:2024-06-01");

  @Test
  void the_role_is_what_the_life_of_jobs_needs(@TempDir Path folder) throws Exception {
    Set<String> needed = new TreeSet<>();
    try (TestCluster cluster = new TestCluster();
        Launcher launcher = launcher(cluster, folder.resolve("living"))) {
      live(cluster, launcher);
      lead(cluster);
      cluster.requests().stream().map(RoleTest::right).forEach(needed::add);
    }
    try (TestCluster still = new TestCluster(Duration.ofHours(1));
        Launcher launcher = launcher(still, folder.resolve("still"))) {
      leaveAPodBehind(still, launcher);
      still.requests().stream().map(RoleTest::right).forEach(needed::add);
    }

    assertThat(needed).isEqualTo(allowed());
  }

  private static Launcher launcher(TestCluster cluster, Path folder) {
    Map<String, String> settings =
        Map.of(
            "data.dir",
            folder.toString(),
            "k8s.master",
            cluster.url(),
            "k8s.namespace",
            TestCluster.NAMESPACE,
            "k8s.compare.period",
            "300ms",
            "k8s.qps",
            "500",
            "k8s.burst",
            "500");
    return new Launcher("kubernetes", settings, Map.of());
  }

  /** Jobs that are made, made again, run, fail and are deleted. */
  private void live(TestCluster cluster, Launcher launcher) {
    JobSpec failing = jobs.loader(1, "api_trades", false);
    JobSpec endless = jobs.connector(2, "api_trades");
    cluster.fate(failing.job().jobName(), Fate.fails(1, "Error", "bad symbol"));
    awaitRead(launcher);
    launcher.check();
    launcher.launch(List.of(failing, endless));
    launcher.launch(List.of(endless));
    awaitPhase(launcher, failing, JobPhase.FAILED);
    assertThat(launcher.inspect(failing.job()).logTail()).isEqualTo("bad symbol");
    awaitPhase(launcher, endless, JobPhase.RUNNING);
    launcher.delete(List.of(endless.job()));
    awaitPhase(launcher, endless, JobPhase.GONE);
  }

  /** One that is elected leader, renews its lease and gives it up. */
  private static void lead(TestCluster cluster) throws Exception {
    Duration second = Duration.ofSeconds(1);
    Cluster client =
        new Cluster(
            cluster.url(),
            "",
            "",
            "",
            TestCluster.NAMESPACE,
            second,
            second,
            new CallGate(100, 100, second, second, second));
    LeaseElection.Times times =
        new LeaseElection.Times(
            second.multipliedBy(3), second.multipliedBy(2), second.dividedBy(5));
    try (Leadership leadership =
        new Leadership(
            new LeaseElection(client, "a-leader", "one", times), "one", Clock.systemUTC())) {
      leadership.start();
      await().atMost(Duration.ofSeconds(20)).until(leadership::holds);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> cluster.requests().stream().anyMatch(request -> request.startsWith("PATCH")));
    }
  }

  /** A job that somebody has deleted without its pod, in a cluster that does not clean up. */
  private void leaveAPodBehind(TestCluster still, Launcher launcher) {
    JobSpec orphaned = jobs.connector(3, "api_trades");
    Job job = Serialization.unmarshal(orphaned.manifest().toString(), Job.class);
    still.plantRunning(job);
    still.deleteByHand(orphaned.job().jobName());
    awaitRead(launcher);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              launcher.delete(List.of(orphaned.job()));
              assertThat(still.requests())
                  .anyMatch(request -> request.matches("DELETE .*/pods/.*"));
            });
  }

  private static void awaitRead(Launcher launcher) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> launcher.inspect(List.of()).isEmpty());
  }

  private static void awaitPhase(Launcher launcher, JobSpec job, JobPhase phase) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> launcher.inspect(job.job()).phase() == phase);
  }

  /** The right that an API server asks of who sends this. */
  private static String right(String request) {
    Matcher call = CALL.matcher(request);
    assertThat(call.matches()).as("a call that is not of a namespace: %s", request).isTrue();
    boolean one = call.group("name") != null;
    String query = call.group("query") == null ? "" : call.group("query");
    String verb =
        switch (call.group("method")) {
          case "GET" -> one ? "get" : query.contains("watch=true") ? "watch" : "list";
          case "POST" -> "create";
          case "PUT" -> "update";
          case "PATCH" -> "patch";
          case "DELETE" -> one ? "delete" : "deletecollection";
          default -> throw new AssertionError("no verb for " + request);
        };
    String part = call.group("part") == null ? "" : "/" + call.group("part");
    String group = call.group("group") == null ? "" : call.group("group") + " ";
    return group + call.group("resource") + part + " " + verb;
  }

  private static Set<String> allowed() throws Exception {
    Role role = YAML.readValue(Path.of("k8s/base/role.yaml").toFile(), Role.class);
    Set<String> allowed = new TreeSet<>();
    for (PolicyRule rule : role.getRules()) {
      for (String group : rule.getApiGroups()) {
        for (String resource : rule.getResources()) {
          for (String verb : rule.getVerbs()) {
            allowed.add((group.isEmpty() ? "" : group + " ") + resource + " " + verb);
          }
        }
      }
    }
    return allowed;
  }
}
