package io.streamforge.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of k8s/ as the types of their API, which know every field. */
final class Manifests {
  static final Path FOLDER = Path.of("k8s");

  /** The one file that becomes the content of a ConfigMap as it is. */
  static final Path CATALOGUE = FOLDER.resolve("routes/targets.yaml");

  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          Namespace.class,
          ServiceAccount.class,
          Role.class,
          RoleBinding.class,
          ConfigMap.class,
          Secret.class,
          PersistentVolumeClaim.class,
          Deployment.class,
          Service.class,
          NetworkPolicy.class,
          Ingress.class,
          PodDisruptionBudget.class,
          HorizontalPodAutoscaler.class,
          ServiceMonitor.class,
          PrometheusRule.class,
          KafkaTopic.class,
          KafkaUser.class);
  private static final ObjectMapper STRICT = strict();

  private Manifests() {}

  /** Refuses what an API server refuses: unknown fields, and numbers where text belongs. */
  private static ObjectMapper strict() {
    YAMLMapper mapper =
        YAMLMapper.builder(
                YAMLFactory.builder()
                    .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    mapper.setAnnotationIntrospector(
        new JacksonAnnotationIntrospector() {
          // The types would keep an unknown field among others instead of refusing it.
          @Override
          public Boolean hasAnySetter(Annotated annotated) {
            return false;
          }
        });
    var text = mapper.coercionConfigFor(LogicalType.Textual);
    Stream.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
        .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail));
    return mapper;
  }

  /** The object of a file. */
  static <T extends HasMetadata> T read(String file, Class<T> type) throws IOException {
    return type.cast(typed(STRICT.readTree(Files.readString(FOLDER.resolve(file)))));
  }

  /** The documents of a text. */
  static List<JsonNode> documents(String text) throws IOException {
    try (var found = STRICT.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return found.readAll();
    }
  }

  /**
   * A document as its type.
   *
   * @throws JsonProcessingException when a field is unknown or of another type
   */
  static HasMetadata typed(JsonNode document) throws JsonProcessingException {
    String version = document.path("apiVersion").asText();
    String kind = document.path("kind").asText();
    for (Class<? extends HasMetadata> type : KINDS) {
      if (HasMetadata.getKind(type).equals(kind)
          && HasMetadata.getApiVersion(type).equals(version)) {
        return STRICT.treeToValue(document, type);
      }
    }
    throw new IllegalArgumentException("no such kind: " + version + " " + kind);
  }

  /** All files of k8s/ with that end of their name. */
  static List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  /** The files that hold an object each, as a cluster takes it. */
  static List<Path> objects() throws IOException {
    return files(".yaml").stream()
        .filter(file -> !file.endsWith("kustomization.yaml"))
        .filter(file -> !file.toString().endsWith(".patch.yaml"))
        .filter(file -> !file.equals(CATALOGUE))
        .toList();
  }

  /** All objects of an overlay, as {@code kubectl apply -k} would send them. */
  static List<HasMetadata> overlay(String name) throws IOException, InterruptedException {
    return rendered(FOLDER.resolve("overlays").resolve(name));
  }

  /** The same of any kustomization. */
  static List<HasMetadata> rendered(Path kustomization) throws IOException, InterruptedException {
    String rendered = Tool.required("kubectl").run("kustomize", kustomization.toString());
    return documents(rendered).stream().map(Manifests::known).toList();
  }

  private static HasMetadata known(JsonNode document) {
    try {
      return typed(document);
    } catch (JsonProcessingException e) {
      throw new AssertionError(document + ": " + e.getMessage(), e);
    }
  }
}
