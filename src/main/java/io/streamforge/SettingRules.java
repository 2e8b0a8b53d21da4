package io.streamforge;

import io.streamforge.camel.access.ApiTokens;
import io.streamforge.camel.access.Proxies;
import io.streamforge.camel.arango.ArangoAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the value of each setting must be: a function from a value to what is wrong with it, empty
 * when nothing is.
 */
final class SettingRules {
  private static final UnaryOperator<String> ANY = value -> "";
  private static final UnaryOperator<String> NEEDED =
      value -> value.isBlank() ? "must not be empty" : "";
  private static final Set<String> DURATIONS =
      Set.of(
          "http.drain",
          "http.head.timeout",
          "http.body.timeout",
          "http.idle.timeout",
          "api.tokens.reread.period",
          "session.ttl",
          "oidc.timeout",
          "oidc.keys.ttl",
          "oidc.keys.pause",
          "oidc.clock.skew",
          "log.repeat.period",
          "dependency.patience",
          "dependency.watch.period",
          "dependency.watch.delay",
          "kafka.poll.timeout",
          "kafka.request.timeout",
          "kafka.admin.timeout",
          "kafka.probe.timeout",
          "kafka.session.timeout",
          "kafka.heartbeat.period",
          "kafka.send.timeout",
          "kafka.reconnect.pause",
          "kafka.retry.delay",
          "kafka.retry.longest.delay",
          "idempotency.ttl",
          "k8s.ttl.after.finished",
          "k8s.patience",
          "k8s.connect.timeout",
          "k8s.request.timeout",
          "k8s.retry.delay",
          "k8s.retry.longest.delay",
          "k8s.notice.period",
          "k8s.compare.period",
          "k8s.watch.grace",
          "leader.lease",
          "leader.renewal",
          "leader.retry.period",
          "start.deadline",
          "witness.grace",
          "stop.grace",
          "connector.wait",
          "launch.window",
          "resume.period",
          "announce.window",
          "announce.period",
          "seda.poll.timeout",
          "stop.look.period",
          "telemetry.measure.period",
          "queue.count.period",
          "ws.heartbeat.period",
          "h2.patience",
          "arango.timeout",
          "arango.retry.delay",
          "local.tick",
          "local.lease",
          "local.report.period",
          "local.processing.time",
          "drain.idle",
          "mattermost.connect.timeout",
          "mattermost.response.timeout",
          "mattermost.hello.timeout",
          "mattermost.silence",
          "mattermost.reconnect.delay",
          "mattermost.reconnect.longest.delay",
          "mattermost.check.period",
          "catch.up.period",
          "catch.up.max.age",
          "catch.up.overlap",
          "llm.connect.timeout",
          "llm.timeout",
          "llm.token.timeout",
          "llm.retry.delay",
          "llm.retry.longest.delay",
          "llm.breaker.pause",
          "llm.check.period",
          "summary.limit.window",
          "slash.patience",
          "summary.lease",
          "summary.renewal.period",
          "summary.resume.period",
          "summary.patience",
          "summary.retry.delay",
          "summary.retry.longest.delay",
          "summary.progress.period",
          "summary.mention.after",
          "summary.ttl",
          "summary.purge.period");

  /** Setting to rule; a setting that is not listed may have any value. */
  static final Map<String, UnaryOperator<String>> ALL = new TreeMap<>();

  /** Settings that may also name a folder, and the folder it is in. */
  static final Map<String, String> SEAMS =
      Map.of("store", "routes/stores", "launcher", "routes/launchers", "llm.api", "routes/llms");

  /** Settings whose values are never shown. */
  static final Set<String> SECRET =
      Set.of(
          "api.tokens",
          "session.key",
          "support.token",
          "kafka.password",
          "arango.password",
          "mattermost.token",
          "slash.tokens",
          "llm.proxy.token",
          "llm.api.key");

  static {
    ALL.put("store", adapter("store", "auto", "h2", "arangodb"));
    ALL.put("launcher", adapter("launcher", "auto", "local", "kubernetes"));
    ALL.put("leadership", words("auto", "lease", "file", "none"));
    ALL.put("orphans", words("report", "delete"));
    ALL.put("llm.api", adapter("llm.api", "auto", "ollama", "openai", "none"));
    ALL.put("fallback", words("none", "extractive"));
    ALL.put("bot.language", words("auto", "ru", "en"));
    ALL.put("playground", words("true", "false"));
    ALL.put("playground.version", words("5.0", "5.36", "6.7"));
    ALL.put("log.format", words("text", "json"));
    ALL.put(
        "log.level",
        matches("(?i)error|warn|info|debug|trace", "one of ERROR, WARN, INFO, DEBUG, TRACE"));
    ALL.put("debug", words("true", "false"));
    ALL.put("launch.order", words("ordered", "together"));
    ALL.put("k8s.pull.policy", words("Always", "IfNotPresent", "Never"));
    ALL.put("kafka.sasl.mechanism", words("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"));
    ALL.put(
        "instance",
        matches("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?", "lower-case letters, digits and -"));
    Stream.of(
            "oidc.name.claim",
            "oidc.scope.claim",
            "http.host",
            "data.dir",
            "queue.control.topic",
            "queue.events.topic",
            "worker.secret")
        .forEach(setting -> ALL.put(setting, NEEDED));
    Stream.of("bot.port", "embedded.kafka.port", "playground.port")
        .forEach(setting -> ALL.put(setting, number(0, 65_535)));
    ALL.put("mattermost.url", optional(SettingRules::hostOrUrl));
    ALL.put("llm.base.url", optional(SettingRules::url));
    ALL.put("bot.commands", NEEDED);
    ALL.put("mattermost.connections", number(1, 1000));
    ALL.put("llm.num.ctx", number(2048, 10_000_000));
    ALL.put("llm.longest.answer", number(256, 1_000_000));
    ALL.put("llm.concurrency", number(1, 1000));
    ALL.put("llm.retries", number(0, 100));
    ALL.put("llm.breaker.failures", number(1, 1000));
    ALL.put("summary.workers", number(1, 1000));
    ALL.put("summary.queue.limit", number(1, 100_000));
    ALL.put("summary.rest.limit", number(1, 1000));
    ALL.put("summary.user.limit", number(1, 100_000));
    ALL.put("summary.channel.limit", number(1, 100_000));
    ALL.put("access", words("auto", "open"));
    ALL.put("console", words("true", "false"));
    ALL.put("jmx.beans", words("auto", "routes", "all"));
    ALL.put("metrics.access", words("read", "open"));
    ALL.put("api.tokens", told(ApiTokens::check));
    ALL.put("trusted.proxies", told(value -> new Proxies(list(value))));
    ALL.put("oidc.issuer", optional(SettingRules::issuer));
    ALL.put("oidc.jwks.url", optional(SettingRules::issuer));
    ALL.put("rate.limit", number(1, 100_000));
    ALL.put("rate.limit.burst", number(1, 1_000_000));
    ALL.put("rate.limit.failures", number(1, 100_000));
    ALL.put("rate.limit.in.flight", number(1, 100_000));
    ALL.put("http.max.connections", number(1, 1_000_000));
    ALL.put("http.port", optional(number(0, 65_535)));
    ALL.put("http.max.body.bytes", number(1024, 1 << 30));
    ALL.put("http.retry.after.seconds", number(1, 3600));
    ALL.put("http.max.in.flight", number(1, 100_000));
    ALL.put("http.worker.threads", number(2, 1000));
    ALL.put("kafka.partitions", number(1, 1000));
    ALL.put("kafka.max.poll.records", number(1, 10_000));
    ALL.put("k8s.qps", number(1, 10_000));
    ALL.put("k8s.burst", number(1, 10_000));
    ALL.put("k8s.backoff.limit", number(0, 100));
    ALL.put("h2.connections", number(1, 100));
    ALL.put("h2.tallies", number(1, 100_000));
    ALL.put("max.steps", number(1, 50));
    ALL.put("max.live.jobs", number(1, 1_000_000));
    ALL.put("local.jobs.limit", number(1, 1_000_000));
    ALL.put("local.records.per.second", number(1, 100_000));
    ALL.put("local.live.records.per.second", number(1, 100_000));
    ALL.put("local.trades.per.day", number(1, 10_000_000));
    ALL.put(
        "local.candle.interval",
        matches("[1-9][0-9]{0,3}[smhdwM]", "a number with a unit of s, m, h, d, w, M, such as 5m"));
    ALL.put("ws.replay", number(0, 1_000_000));
    ALL.put("ws.max.queue.bytes", number(1024, 1 << 30));
    ALL.put("ws.max.clients", number(1, 1_000_000));
    DURATIONS.forEach(setting -> ALL.put(setting, SettingRules::duration));
    List.of("http.head.timeout", "http.body.timeout", "http.idle.timeout")
        .forEach(setting -> ALL.put(setting, SettingRules::someTime));
    ALL.put("drain.idle", optional(SettingRules::duration));
    ALL.put("kafka.bootstrap.servers", optional(SettingRules::addresses));
    ALL.put("arango.url", optional(SettingRules::arangoUrl));
    ALL.put("arango.db", NEEDED);
    ALL.put("arango.connections", number(1, 1000));
    ALL.put("arango.http.version", words("2", "1.1"));
    ALL.put("k8s.master", optional(SettingRules::url));
    Stream.of("k8s.requests", "k8s.limits", "k8s.node.selector")
        .forEach(setting -> ALL.put(setting, optional(SettingRules::pairs)));
    Stream.of(
            "allowed.origins",
            "api.tokens.file",
            "support.token",
            "session.key",
            "oidc.audience",
            "oidc.ca.path",
            "oidc.read",
            "oidc.operate",
            "oidc.admin",
            "http.tls.certificate",
            "http.tls.key",
            "log.file",
            "kafka.user",
            "kafka.password",
            "ca.path",
            "queue.updates.topic",
            "arango.user",
            "arango.password",
            "arango.ca.path",
            "loader.image",
            "consumer.image",
            "graph.builder.image",
            "gnn.trainer.image",
            "visualizer.image",
            "image.allow",
            "k8s.namespace",
            "k8s.token.file",
            "k8s.ca.file",
            "k8s.kubeconfig",
            "k8s.service.account",
            "ca.config.map",
            "quote.currencies",
            "mattermost.token",
            "mattermost.ca.path",
            "slash.tokens",
            "llm.proxy.token",
            "llm.api.key",
            "llm.model",
            "llm.ca.path")
        .forEach(setting -> ALL.put(setting, ANY));
  }

  private SettingRules() {}

  /** Whether a setting's value is a length of time. */
  static boolean isDuration(String setting) {
    return DURATIONS.contains(setting);
  }

  private static UnaryOperator<String> words(String... words) {
    List<String> known = List.of(words);
    return value -> known.contains(value) ? "" : "must be one of " + String.join(", ", known);
  }

  private static UnaryOperator<String> adapter(String setting, String... words) {
    UnaryOperator<String> rule = words(words);
    return value ->
        rule.apply(value).isEmpty()
            ? ""
            : rule.apply(value) + ", or a folder of " + SEAMS.get(setting);
  }

  private static UnaryOperator<String> matches(String pattern, String words) {
    return value -> value.matches(pattern) ? "" : "must be " + words;
  }

  private static UnaryOperator<String> optional(UnaryOperator<String> rule) {
    return value -> value.isEmpty() ? "" : rule.apply(value);
  }

  private static UnaryOperator<String> number(long least, long most) {
    return value -> {
      try {
        long number = Long.parseLong(value);
        if (number >= least && number <= most) {
          return "";
        }
      } catch (NumberFormatException notANumber) {
        // Told below like a number out of range.
      }
      return "must be a whole number from " + least + " to " + most;
    };
  }

  private static String duration(String value) {
    return value.matches("[0-9]{1,9}(ms|s|m|h|d)")
        ? ""
        : "must be a duration such as 500ms, 10s, 5m or 7d";
  }

  private static String someTime(String value) {
    return value.matches("0+[a-z]+") ? "must be more than " + value : duration(value);
  }

  /** A rule out of what throws where a value is wrong. */
  private static UnaryOperator<String> told(Consumer<String> reader) {
    return value -> {
      try {
        reader.accept(value);
        return "";
      } catch (IllegalArgumentException e) {
        return "must be something else: " + e.getMessage();
      }
    };
  }

  private static List<String> list(String value) {
    return Stream.of(value.split(",", -1))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /** Whoever can change what comes from there can let in whom they like. */
  private static String issuer(String value) {
    boolean safe = value.matches("https://.+|http://(localhost|127\\.0\\.0\\.1|\\[::1])([:/].*)?");
    return safe && url(value).isEmpty()
        ? ""
        : "must be a URL that begins with https:// (or http://, on this machine)";
  }

  private static String url(String value) {
    try {
      URI uri = URI.create(value.split(",", -1)[0].strip());
      if (Set.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null) {
        return "";
      }
    } catch (IllegalArgumentException notAUrl) {
      // Told below like any other text that is no URL.
    }
    return "must be a URL that begins with http:// or https://";
  }

  private static String hostOrUrl(String value) {
    return url(value.contains("://") ? value : "https://" + value);
  }

  private static String arangoUrl(String value) {
    try {
      ArangoAddress.parse(value);
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String addresses(String value) {
    return Stream.of(value.split(",", -1))
            .allMatch(
                address -> address.strip().matches("(\\[[0-9a-fA-F:.]+]|[^\\s:/]+):[0-9]{1,5}"))
        ? ""
        : "must be host:port, several separated by commas";
  }

  private static String pairs(String value) {
    return Stream.of(value.split(",", -1)).allMatch(pair -> pair.strip().matches("[^=]+=.+"))
        ? ""
        : "must be name=value pairs, separated by commas";
  }
}
