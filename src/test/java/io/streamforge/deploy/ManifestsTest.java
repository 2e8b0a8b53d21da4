package io.streamforge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.streamforge.Settings;
import io.streamforge.camel.kafka.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** The manifests are what an API server takes, and fit the service. */
class ManifestsTest {
  private static final String SECRET = "as long as the key of sessions has to be";

  private static Deployment deployment() throws IOException {
    return Manifests.read("base/deployment.yaml", Deployment.class);
  }

  @Test
  void every_file_holds_one_object_with_known_fields_only() throws IOException {
    for (Path file : Manifests.objects()) {
      List<JsonNode> documents = Manifests.documents(Files.readString(file));
      assertThat(documents).as("%s", file).hasSize(1);
      assertThat(Manifests.typed(documents.get(0)).getMetadata().getName())
          .as("%s", file)
          .isNotBlank();
    }
  }

  @Test
  void an_unknown_field_and_a_number_for_text_are_refused() throws IOException {
    String text = Files.readString(Manifests.FOLDER.resolve("base/deployment.yaml"));
    ObjectNode typo = (ObjectNode) Manifests.documents(text).get(0);
    ((ObjectNode) typo.at("/spec/template/spec/containers/0")).put("readynessProbe", true);
    assertThatThrownBy(() -> Manifests.typed(typo)).hasMessageContaining("readynessProbe");

    ObjectNode number = (ObjectNode) Manifests.documents(text).get(0);
    ((ObjectNode) number.at("/spec/template/spec/containers/0"))
        .putArray("env")
        .addObject()
        .put("name", "HTTP_PORT")
        .put("value", 8080);
    assertThatThrownBy(() -> Manifests.typed(number)).hasMessageContaining("8080");

    ObjectNode version = (ObjectNode) Manifests.documents(text).get(0);
    version.put("apiVersion", "extensions/v1beta1");
    assertThatThrownBy(() -> Manifests.typed(version)).hasMessageContaining("no such kind");
  }

  @Test
  void every_file_is_named_in_a_kustomization_and_every_name_is_a_file() throws IOException {
    Set<Path> named = new TreeSet<>();
    for (Path kustomization : Manifests.files("kustomization.yaml")) {
      JsonNode document = Manifests.documents(Files.readString(kustomization)).get(0);
      Stream.of("/resources", "/components", "/patches", "/configMapGenerator")
          .flatMap(list -> document.at(list).findValuesAsText("path").stream())
          .forEach(path -> named.add(kustomization.resolveSibling(path).normalize()));
      for (String list : List.of("resources", "components")) {
        document
            .path(list)
            .forEach(path -> named.add(kustomization.resolveSibling(path.asText()).normalize()));
      }
      for (JsonNode generator : document.path("configMapGenerator")) {
        for (String list : List.of("envs", "files")) {
          generator
              .path(list)
              .forEach(path -> named.add(kustomization.resolveSibling(path.asText()).normalize()));
        }
      }
    }
    assertThat(named).allMatch(Files::exists);
    assertThat(Manifests.files("").stream().filter(Files::isRegularFile))
        .filteredOn(file -> !file.endsWith("kustomization.yaml"))
        .filteredOn(file -> !file.toString().endsWith(".example.yaml"))
        .as("files that no kustomization names")
        .isSubsetOf(named);
  }

  @Test
  void the_catalogue_to_edit_begins_as_that_of_the_image() {
    assertThat(Manifests.CATALOGUE).hasSameTextualContentAs(Path.of("routes/queues/targets.yaml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"development", "production"})
  void an_overlay_is_put_together_of_known_objects(String overlay) throws Exception {
    List<HasMetadata> objects = Manifests.overlay(overlay);

    assertThat(objects)
        .extracting(HasMetadata::getKind)
        .contains("Deployment", "Service", "ServiceAccount", "Role", "RoleBinding", "ConfigMap");
    Deployment deployment = only(objects, Deployment.class);
    String settings =
        deployment
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0)
            .getEnvFrom()
            .get(0)
            .getConfigMapRef()
            .getName();
    assertThat(objects)
        .filteredOn(ConfigMap.class::isInstance)
        .extracting(each -> each.getMetadata().getName())
        .contains(settings);
    Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
    assertThat(labels).containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
    objects.stream()
        .filter(PodDisruptionBudget.class::isInstance)
        .map(PodDisruptionBudget.class::cast)
        .forEach(
            budget ->
                assertThat(labels)
                    .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels()));
  }

  @Test
  void an_overlay_takes_a_catalogue_of_ones_own(@TempDir Path folder) throws Exception {
    FileSystemUtils.copyRecursively(Manifests.FOLDER, folder);
    Path overlay = folder.resolve("overlays/production");
    Path kustomization = overlay.resolve("kustomization.yaml");
    Files.writeString(
        kustomization,
        Files.readString(kustomization)
            .replace("\ncomponents:\n", "\ncomponents:\n  - ../../routes\n"));

    List<HasMetadata> objects = Manifests.rendered(overlay);

    ConfigMap catalogue =
        objects.stream()
            .filter(ConfigMap.class::isInstance)
            .map(ConfigMap.class::cast)
            .filter(map -> map.getData().containsKey("targets.yaml"))
            .findFirst()
            .orElseThrow();
    assertThat(catalogue.getData())
        .containsEntry("targets.yaml", Files.readString(Manifests.CATALOGUE));
    PodSpec pod = only(objects, Deployment.class).getSpec().getTemplate().getSpec();
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().equals("routes"))
        .extracting(volume -> volume.getConfigMap().getName())
        .containsExactly(catalogue.getMetadata().getName());
    assertThat(pod.getContainers().get(0).getVolumeMounts())
        .extracting(mount -> mount.getMountPath())
        .contains("/opt/streamforge/routes/queues/targets.yaml", "/var/lib/streamforge", "/tmp");
  }

  private static <T extends HasMetadata> T only(List<HasMetadata> objects, Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"development", "production"})
  void the_service_takes_the_settings_of_an_overlay(String overlay, @TempDir Path folder)
      throws Exception {
    Map<String, String> settings = new HashMap<>(environment("base"));
    settings.putAll(environment("overlays/" + overlay));
    assertThat(settings.keySet()).isSubsetOf(knownVariables());
    if (settings.containsKey("CA_PATH")) {
      settings.put(
          "CA_PATH", new TestAuthority().writeCertificate(folder.resolve("ca.crt")).toString());
    }
    JsonNode secret =
        Manifests.documents(
                Files.readString(
                    Manifests.FOLDER.resolve("overlays/production/secret.example.yaml")))
            .get(0);
    secret.path("stringData").fieldNames().forEachRemaining(name -> settings.put(name, SECRET));
    settings.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");

    Settings loaded = Settings.load(Path.of(""), settings);

    boolean production = overlay.equals("production");
    assertThat(loaded.text("launcher")).isEqualTo(production ? "kubernetes" : "local");
    assertThat(loaded.text("store")).isEqualTo(production ? "arangodb" : "h2");
    Path writable = Path.of(container().getVolumeMounts().get(0).getMountPath());
    assertThat(Path.of(loaded.text("data.dir"))).isEqualTo(writable);
    assertThat(Path.of(loaded.text("log.file"))).startsWithRaw(writable);
  }

  private static Set<String> knownVariables() {
    return Settings.load(Path.of(""), Map.of()).properties().stringPropertyNames().stream()
        .map(Settings::variable)
        .collect(Collectors.toSet());
  }

  private static Map<String, String> environment(String folder) throws IOException {
    Map<String, String> values = new HashMap<>();
    Files.readAllLines(Manifests.FOLDER.resolve(folder + "/settings.env")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .forEach(pair -> values.put(pair[0], pair[1]));
    return values;
  }

  private static Container container() throws IOException {
    return deployment().getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  @Test
  void the_pod_has_no_right_that_it_does_not_need() throws IOException {
    PodSpec pod = deployment().getSpec().getTemplate().getSpec();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getEnableServiceLinks()).isFalse();
    var context = container().getSecurityContext();
    assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(context.getCapabilities().getAdd()).isEmpty();
    assertThat(container().getVolumeMounts())
        .extracting(mount -> mount.getMountPath())
        .containsExactlyInAnyOrder("/var/lib/streamforge", "/tmp");
  }

  @Test
  void ports_are_named_and_probes_ask_the_paths_of_the_contract() throws IOException {
    assertThat(container().getPorts()).extracting(port -> port.getName()).containsExactly("http");
    for (var probe :
        Map.of(
                "/health/startup", container().getStartupProbe(),
                "/health/live", container().getLivenessProbe(),
                "/health/ready", container().getReadinessProbe())
            .entrySet()) {
      assertThat(probe.getValue().getHttpGet().getPath()).isEqualTo(probe.getKey());
      assertThat(probe.getValue().getHttpGet().getPort().getStrVal()).isEqualTo("http");
    }
    Service service = Manifests.read("base/service.yaml", Service.class);
    assertThat(service.getSpec().getPorts())
        .allMatch(port -> "http".equals(port.getTargetPort().getStrVal()));
  }

  @Test
  void a_pod_has_time_to_drain_before_it_is_killed() throws IOException {
    Map<String, String> environment = new HashMap<>(environment("base"));
    environment.put("ACCESS", "open");
    Settings settings = Settings.load(Path.of(""), environment);
    long drain = settings.duration("http.drain").toSeconds();
    // With what Application gives an end besides.
    long end = settings.number("camel.main.shutdownTimeout") + 30L;
    assertThat(drain).isPositive();
    assertThat(deployment().getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
        .isGreaterThan(drain + end);
  }

  @Test
  void pods_of_workers_are_not_taken_for_the_service_nor_the_reverse() throws IOException {
    Map<String, String> ours = deployment().getSpec().getTemplate().getMetadata().getLabels();
    // JobManifest gives these to workers; JobWatch selects by the instance.
    assertThat(ours)
        .doesNotContainKeys("app", "app.kubernetes.io/instance", "app.kubernetes.io/managed-by");
    assertThat(Manifests.read("base/service.yaml", Service.class).getSpec().getSelector())
        .isEqualTo(ours);
  }
}
