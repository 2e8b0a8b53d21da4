package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate of the loopback address that no system trusts. */
record TestCertificate(PfxOptions keys, Path authority) {
  private static final String STORE_PASSWORD = "changeit";

  static TestCertificate make(Path folder) throws IOException, InterruptedException {
    Path keys = folder.resolve("server.p12");
    Path authority = folder.resolve("authority.pem");
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=mattermost",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        keys.toString());
    keytool("-exportcert", "-rfc", "-file", authority.toString(), "-keystore", keys.toString());
    return new TestCertificate(
        new PfxOptions().setPath(keys.toString()).setPassword(STORE_PASSWORD), authority);
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
}
