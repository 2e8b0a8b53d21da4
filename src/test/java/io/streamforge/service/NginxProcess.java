package io.streamforge.service;

import io.streamforge.playground.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An nginx in front of several processes, set up as the README tells. */
final class NginxProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private NginxProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Where it is installed, if it is. */
  static Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static NginxProcess start(Path nginx, Path directory, List<Integer> ports) throws IOException {
    int port = FreePorts.find();
    Path folder = Files.createDirectories(directory.resolve("nginx"));
    String servers =
        ports.stream()
            .map(one -> "server 127.0.0.1:" + one + " max_fails=0;")
            .collect(Collectors.joining(" "));
    Path file =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log error.log warn;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
              upstream streamforge { %s keepalive 32; }
              server {
                listen 127.0.0.1:%d;
                location / {
                  proxy_pass http://streamforge;
                  proxy_http_version 1.1;
                  proxy_set_header Host $http_host;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection $connection_upgrade;
                  proxy_connect_timeout 2s;
                  proxy_read_timeout 75s;
                  proxy_next_upstream error timeout http_502 http_503;
                }
              }
            }
            """
                .formatted(servers, port));
    Process process =
        new ProcessBuilder(nginx.toString(), "-p", folder.toString(), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("output.log").toFile()))
            .start();
    NginxProcess started = new NginxProcess(process, port);
    Awaitility.await().until(started::listens);
    return started;
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("nginx ended with code " + process.exitValue());
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
