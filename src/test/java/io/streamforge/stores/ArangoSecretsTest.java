package io.streamforge.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.streamforge.arango.ArangoDouble;
import io.streamforge.arango.Fault;
import io.streamforge.camel.arango.UnreachableException;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Endpoint;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password is told to nobody but the server, and over https to no other server. */
class ArangoSecretsTest {
  private static final String STORE_PASSWORD = "changeit";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @Test
  void the_password_is_in_no_log_line_error_uri_or_bean_of_jmx() throws Exception {
    var log = new java.io.StringWriter();
    WriterAppender appender =
        WriterAppender.createAppender(
            PatternLayout.newBuilder().withPattern("%msg%n%throwable").build(),
            null,
            log,
            "captured",
            false,
            true);
    appender.start();
    Logger root = (Logger) LogManager.getRootLogger();
    root.addAppender(appender);
    List<String> seen = new ArrayList<>();
    try (ArangoDouble server = new ArangoDouble();
        Store store = new Store("arangodb", settings(server.url()))) {
      store.check();
      server.fail(Fault.answer(500, 4), 1);
      catchThrowable(store::countQueues).printStackTrace(new java.io.PrintWriter(log, true));
      server.stop();
      catchThrowable(store::countQueues).printStackTrace(new java.io.PrintWriter(log, true));
      store.camel().getEndpoints().stream().map(Endpoint::getEndpointUri).forEach(seen::add);
      seen.addAll(attributes());
    } finally {
      root.removeAppender(appender);
    }
    seen.add(log.toString());

    assertThat(seen).anyMatch(text -> text.contains("arangodb://"));
    assertThat(seen).noneMatch(text -> text.contains(ArangoDouble.PASSWORD));
  }

  private static List<String> attributes() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    List<String> values = new ArrayList<>();
    for (ObjectName name : beans.queryNames(new ObjectName("org.apache.camel:*"), null)) {
      values.add(name.toString());
      for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
        if (attribute.getType().equals("java.lang.String")) {
          values.add(String.valueOf(beans.getAttribute(name, attribute.getName())));
        }
      }
    }
    return values;
  }

  @Test
  void over_https_a_trusted_server_is_spoken_to_and_no_other() throws Exception {
    Path keys = folder.resolve("server.p12");
    Path authority = folder.resolve("authority.pem");
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=arango",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        keys.toString());
    keytool("-exportcert", "-rfc", "-file", authority.toString(), "-keystore", keys.toString());
    PfxOptions certificate = new PfxOptions().setPath(keys.toString()).setPassword(STORE_PASSWORD);
    try (ArangoDouble server = new ArangoDouble(certificate)) {
      Map<String, String> settings = new HashMap<>(settings(server.url()));
      try (Store doubtful = new Store("arangodb", settings)) {
        assertThatThrownBy(doubtful::check).cause().isInstanceOf(UnreachableException.class);
        assertThat(server.requests()).isEmpty();
      }

      settings.put("arango.ca.path", authority.toString());
      try (Store trusting = new Store("arangodb", settings)) {
        trusting.check();
      }
    }
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "server", "-storepass", STORE_PASSWORD));
    assertThat(
            new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()
                .waitFor())
        .isZero();
  }

  private static Map<String, String> settings(String url) {
    return ArangoStoreTest.settings(url, "streamforge", ArangoDouble.USER, ArangoDouble.PASSWORD);
  }
}
