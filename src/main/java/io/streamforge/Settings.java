package io.streamforge;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All settings with their values: from the environment, else from {@code .env}, else from {@code
 * application.properties}.
 *
 * <p>A setting's name is a key of that file, and in the environment the same in capitals with
 * underscores: {@code STOP_GRACE} for {@code stop.grace}.
 */
public final class Settings {
  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Path POD_NAMESPACE = SERVICE_ACCOUNT.resolve("namespace");

  /** What an example file holds where a value of one's own belongs. */
  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "mattermost.url", "https://your-mattermost",
          "mattermost.token", "your-bot-token",
          "llm.base.url", "https://your-llm",
          "llm.proxy.token", "your-",
          "llm.api.key", "your-");

  private final Map<String, String> values;
  private final Map<String, String> variables;

  private Settings(Map<String, String> values, Map<String, String> variables) {
    this.values = values;
    this.variables = variables;
  }

  /**
   * A setting that cannot be used; the message is one line that names it and says what it must be.
   */
  public static final class WrongSettingException extends RuntimeException {
    WrongSettingException(String message) {
      super(message);
    }
  }

  /**
   * Reads and checks all settings.
   *
   * @param directory where {@code application.properties} and perhaps {@code .env} are
   * @throws WrongSettingException when one of them cannot be used
   */
  public static Settings load(Path directory, Map<String, String> environment) {
    Map<String, String> merged = new TreeMap<>(file(directory));
    Map<String, String> variables = dotenv(directory);
    variables.putAll(environment);
    merged.replaceAll((setting, value) -> variables.getOrDefault(variable(setting), value).strip());
    PLACEHOLDERS.forEach(
        (setting, placeholder) ->
            merged.computeIfPresent(
                setting, (name, value) -> value.startsWith(placeholder) ? "" : value));
    Settings settings = new Settings(merged, variables);
    settings.check(directory);
    settings.derive(environment);
    return settings;
  }

  private static Map<String, String> file(Path directory) {
    Path file = directory.resolve("application.properties");
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new WrongSettingException(
          "The settings cannot be read: start in the folder of application.properties (" + e + ")");
    }
    Map<String, String> values = new TreeMap<>();
    properties.forEach((key, value) -> values.put(key.toString(), value.toString()));
    return values;
  }

  private static Map<String, String> dotenv(Path directory) {
    try {
      Dotenv file = Dotenv.configure().directory(directory.toString()).ignoreIfMissing().load();
      Map<String, String> values = new LinkedHashMap<>();
      for (DotenvEntry entry : file.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
        values.put(entry.getKey(), entry.getValue());
      }
      return values;
    } catch (DotenvException e) {
      throw new WrongSettingException("The file .env cannot be read: " + e.getMessage());
    }
  }

  private void check(Path directory) {
    SettingRules.ALL.forEach(
        (setting, rule) -> {
          String value = values.getOrDefault(setting, "");
          String fault =
              values.containsKey(setting) ? rule.apply(value) : "must be in application.properties";
          if (!fault.isEmpty() && !isAdapter(directory, setting, value)) {
            boolean secret = SettingRules.SECRET.contains(setting);
            String shown = secret ? "***" : value.replaceAll("//[^/@]*@", "//***@");
            throw new WrongSettingException(
                "Setting " + variable(setting) + "=" + shown + " is wrong: it " + fault);
          }
        });
    if (!text("kafka.user").isEmpty()) {
      checkSecuredKafka();
    }
  }

  private static boolean isAdapter(Path directory, String setting, String value) {
    String seam = SettingRules.SEAMS.get(setting);
    return seam != null
        && value.matches("[a-z0-9-]+")
        && Files.isDirectory(directory.resolve(seam).resolve(value));
  }

  private void checkSecuredKafka() {
    if (text("kafka.password").isEmpty()) {
      throw new WrongSettingException("Setting KAFKA_PASSWORD is missing: KAFKA_USER is set");
    }
    if (text("kafka.bootstrap.servers").isEmpty()) {
      throw new WrongSettingException(
          "Setting KAFKA_BOOTSTRAP_SERVERS is missing: KAFKA_USER is set, and the broker inside the"
              + " process has no users");
    }
    String caPath = text("ca.path");
    if (!caPath.isEmpty() && !holdsCertificate(Path.of(caPath))) {
      throw new WrongSettingException(
          "Setting CA_PATH="
              + caPath
              + " is wrong: it must name a file that can be read and has a certificate in PEM form");
    }
  }

  private static boolean holdsCertificate(Path file) {
    try {
      return Files.readString(file).contains("-----BEGIN CERTIFICATE-----");
    } catch (IOException unreadable) {
      return false;
    }
  }

  private void derive(Map<String, String> environment) {
    boolean pod = environment.containsKey("KUBERNETES_SERVICE_HOST");
    orElse("http.port", text("bot.port"));
    values.put("access.mode", AccessSettingRules.mode(this));
    String prefix = text("instance").equals("streamforge") ? "" : text("instance") + "-";
    orElse("queue.updates.topic", prefix + "queue-updates");
    values.put("topic.prefix", prefix);
    if (text("store").equals("auto")) {
      boolean arango = !text("arango.url").isEmpty();
      choose("store", arango ? "arangodb" : "h2", "ARANGO_URL is " + (arango ? "set" : "not set"));
    } else {
      values.put("store.reason", "STORE says so");
    }
    if (text("launcher").equals("auto")) {
      boolean kubernetes = pod || !text("k8s.master").isEmpty();
      choose(
          "launcher",
          kubernetes ? "kubernetes" : "local",
          kubernetes
              ? "in a pod, or K8S_MASTER is set"
              : "not in a pod, and K8S_MASTER is not set");
    } else {
      values.put("launcher.reason", "LAUNCHER says so");
    }
    deriveBot();
    orElse("drain.idle", text("launcher").equals("local") ? "10s" : "60s");
    orElse("k8s.namespace", podNamespace());
    deriveCluster(environment, pod);
    requireOrder("kafka.heartbeat.period", "kafka.session.timeout");
    requireOrder("summary.renewal.period", "summary.lease");
    // A post that a killed process had sent must be there, or not, when another one looks for it.
    requireOrder("mattermost.response.timeout", "summary.lease");
    deriveLeadership(environment, pod);
    String beans = text("jmx.beans");
    boolean all = beans.equals("all") || (beans.equals("auto") && text("console").equals("true"));
    values.put("jmx.beans.level", all ? "Default" : "RoutesOnly");
    SettingRules.ALL.keySet().stream()
        .filter(SettingRules::isDuration)
        .forEach(setting -> values.put(setting + ".ms", duration(setting).toMillis() + ""));
    Path dataDirectory = Path.of(text("data.dir")).toAbsolutePath().normalize();
    values.put("data.dir", dataDirectory.toString());
  }

  private void deriveBot() {
    String mattermost = text("mattermost.url");
    if (!mattermost.isEmpty() && !mattermost.contains("://")) {
      mattermost = "https://" + mattermost;
    }
    values.put("mattermost.url", mattermost.replaceAll("/+$", ""));
    if (!mattermost.isEmpty() && text("mattermost.token").isEmpty()) {
      throw new WrongSettingException(
          "Setting MATTERMOST_TOKEN is missing: MATTERMOST_URL is set; make a bot account there and"
              + " give its access token");
    }
    values.put("mattermost.on", String.valueOf(!mattermost.isEmpty()));
    // A route needs an address also when there is no server; this one is reserved to be none.
    String server = mattermost.isEmpty() ? "http://mattermost.invalid" : text("mattermost.url");
    values.put("mattermost.api", server + "/api/v4");
    String model = text("llm.base.url");
    boolean openai = model.matches(".*/v1/*") || !text("llm.api.key").isEmpty();
    values.put("llm.base.url", model.replaceAll("(/v1)?/*$", ""));
    String auto = model.isEmpty() ? "none" : openai ? "openai" : "ollama";
    values.put("llm", text("llm.api").equals("auto") ? auto : text("llm.api"));
    if (!text("llm").equals("none")) {
      for (String needed : List.of("llm.base.url", "llm.model")) {
        if (text(needed).isEmpty()) {
          throw new WrongSettingException(
              "Setting " + variable(needed) + " is missing: a model is to be asked");
        }
      }
    }
    if (number("llm.longest.answer") > number("llm.num.ctx") / 2) {
      throw new WrongSettingException(
          "Setting LLM_LONGEST_ANSWER is wrong: it must not be more than half of LLM_NUM_CTX");
    }
  }

  /** Where the API server is: set, else that of the pod, else that of the kubeconfig. */
  private void deriveCluster(Map<String, String> environment, boolean pod) {
    if (pod) {
      String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
      String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
      orElse(
          "k8s.master", "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
      orElse("k8s.token.file", ifReadable(SERVICE_ACCOUNT.resolve("token")));
      orElse("k8s.ca.file", ifReadable(SERVICE_ACCOUNT.resolve("ca.crt")));
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    String named = environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator, -1)[0];
    orElse("k8s.kubeconfig", named.isEmpty() ? home + "/.kube/config" : named);
    if (text("launcher").equals("kubernetes") && text("k8s.master").isEmpty()) {
      requireKubeconfig("LAUNCHER=kubernetes");
    }
  }

  private void requireKubeconfig(String setting) {
    if (!Files.isReadable(Path.of(text("k8s.kubeconfig")))) {
      throw new WrongSettingException(
          "Setting "
              + setting
              + " is wrong: set K8S_MASTER, or K8S_KUBECONFIG to a file that can be read, not "
              + text("k8s.kubeconfig"));
    }
  }

  private void requireOrder(String shorter, String longer) {
    if (duration(shorter).compareTo(duration(longer)) >= 0) {
      throw new WrongSettingException(
          "Setting "
              + variable(longer)
              + "="
              + text(longer)
              + " is wrong: it must be longer than "
              + variable(shorter)
              + ", which is "
              + text(shorter));
    }
  }

  private void deriveLeadership(Map<String, String> environment, boolean pod) {
    if (text("leadership").equals("auto")) {
      boolean kubernetes = text("launcher").equals("kubernetes");
      boolean account = pod && !text("k8s.token.file").isEmpty();
      String reason =
          kubernetes
              ? "the launcher is kubernetes"
              : account ? "in a pod with a service account" : "not on a cluster";
      choose("leadership", kubernetes || account ? "lease" : "file", reason);
    } else {
      values.put("leadership.reason", "LEADERSHIP says so");
    }
    if (text("leadership").equals("lease") && text("k8s.master").isEmpty()) {
      requireKubeconfig("LEADERSHIP=lease");
    }
    requireOrder("leader.renewal", "leader.lease");
    Duration renewal = duration("leader.renewal");
    if (duration("leader.lease").toSeconds() < 1
        || duration("leader.retry.period").multipliedBy(3).compareTo(renewal) > 0) {
      throw new WrongSettingException(
          "Setting LEADER_RENEWAL is wrong: it must be three times LEADER_RETRY_PERIOD or more, and"
              + " LEADER_LEASE 1s or more");
    }
    String host = environment.getOrDefault("HOSTNAME", "process");
    String unique = Long.toString(new SecureRandom().nextLong() >>> 1, 36);
    values.put(
        "process.name", host + "-" + ProcessHandle.current().pid() + "-" + unique.substring(0, 4));
  }

  private static String ifReadable(Path file) {
    return Files.isReadable(file) ? file.toString() : "";
  }

  private void choose(String seam, String adapter, String reason) {
    values.put(seam, adapter);
    values.put(seam + ".reason", reason);
  }

  private void orElse(String setting, String value) {
    if (text(setting).isEmpty()) {
      values.put(setting, value);
    }
  }

  private static String podNamespace() {
    try {
      return Files.isReadable(POD_NAMESPACE) ? Files.readString(POD_NAMESPACE).strip() : "stf";
    } catch (IOException e) {
      return "stf";
    }
  }

  /** The name of a setting in the environment. */
  public static String variable(String setting) {
    return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** A setting's value; a setting that does not exist is a mistake of ours. */
  public String text(String setting) {
    String value = values.get(setting);
    if (value == null) {
      throw new IllegalArgumentException("no such setting: " + setting);
    }
    return value;
  }

  /** The image that the setting names; the catalogue may bring settings of its own. */
  public String image(String setting) {
    String value = values.get(setting);
    return value == null ? variables.getOrDefault(variable(setting), "").strip() : value;
  }

  /** A number. */
  public int number(String setting) {
    return Integer.parseInt(text(setting));
  }

  /** A length of time. */
  public Duration duration(String setting) {
    String text = text(setting);
    String unit = text.replaceAll("[0-9]", "");
    long amount = Long.parseLong(text.substring(0, text.length() - unit.length()));
    // Camel's TimeUtils would begin the logging before it is told where to log to.
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> throw new IllegalArgumentException(setting + " is not a duration: " + text);
    };
  }

  /** The entries of a comma-separated list, without the empty ones. */
  public List<String> list(String setting) {
    return Arrays.stream(text(setting).split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  /** The entries of a comma-separated list of {@code name=value}. */
  public Map<String, String> pairs(String setting) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : list(setting)) {
      int equals = pair.indexOf('=');
      pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return pairs;
  }

  /**
   * Gives a setting another value, once it is known at run time: a port that was free, a broker
   * that was started.
   */
  Settings with(String setting, String value) {
    Map<String, String> changed = new TreeMap<>(values);
    changed.put(setting, value);
    return new Settings(changed, variables);
  }

  /** The same with a Mattermost, or a model, that was started. */
  Settings furnished(Map<String, String> bot) {
    Map<String, String> changed = new TreeMap<>(values);
    changed.putAll(bot);
    Settings furnished = new Settings(changed, variables);
    furnished.deriveBot();
    return furnished;
  }

  /** The values that nobody may see. */
  List<String> secrets() {
    return SettingRules.SECRET.stream()
        .flatMap(
            setting ->
                setting.endsWith("tokens") ? list(setting).stream() : Stream.of(text(setting)))
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** All of them, as the routes see them in {@code {{…}}}. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.putAll(values);
    return properties;
  }

  /** All that an operator sets, secrets masked, in the order of the alphabet. */
  public Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    SettingRules.ALL
        .keySet()
        .forEach(
            setting -> {
              String value = text(setting);
              boolean secret = SettingRules.SECRET.contains(setting) && !value.isEmpty();
              shown.put(variable(setting), secret ? "***" : value);
            });
    return shown;
  }
}
