package io.streamforge.camel.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One namespace of a cluster, and the client of its API server. Made without a connection. */
public final class Cluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  /** A list or watch that failed is tried again after this time, 32 times as long at most. */
  private static final int WATCH_PAUSE_MILLIS = 250;

  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final KubernetesClient client;
  private final String namespace;
  private final CallGate gate;

  /**
   * @param master the address of the API server; empty: that of the current context in {@code
   *     kubeconfig}
   * @param tokenFile a file that holds the token, read anew for each request; empty: none
   * @param authorityFile the PEM file of the API server's certificate authority; empty: the
   *     system's
   */
  public Cluster(
      String master,
      String tokenFile,
      String authorityFile,
      String kubeconfig,
      String namespace,
      Duration connectTimeout,
      Duration requestTimeout,
      CallGate gate) {
    this.namespace = namespace;
    this.gate = gate;
    ConfigBuilder config =
        new ConfigBuilder(
            master.isEmpty() ? kubeconfig(kubeconfig) : direct(master, tokenFile, authorityFile));
    config
        .withNamespace(namespace)
        .withConnectionTimeout((int) connectTimeout.toMillis())
        .withRequestTimeout((int) requestTimeout.toMillis())
        .withRequestRetryBackoffLimit(0)
        .withWatchReconnectInterval(WATCH_PAUSE_MILLIS);
    client =
        new KubernetesClientBuilder()
            .withConfig(config.build())
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("rest", new RestWanted(gate)))
            .build();
  }

  private static Config direct(String master, String tokenFile, String authorityFile) {
    ConfigBuilder config = new ConfigBuilder(Config.empty()).withMasterUrl(master);
    if (!tokenFile.isEmpty()) {
      config.withOauthTokenProvider(() -> token(Path.of(tokenFile)));
    }
    if (!authorityFile.isEmpty()) {
      config.withCaCertFile(authorityFile);
    }
    LOG.info("the API server of the cluster is {}", master);
    return config.build();
  }

  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the token of the cluster cannot be read: " + file, e);
    }
  }

  private static Config kubeconfig(String file) {
    Config config = requireContext(file);
    LOG.info(
        "the API server of the cluster is {}, of the context {} in {}",
        config.getMasterUrl(),
        config.getCurrentContext().getName(),
        file);
    return config;
  }

  /**
   * What a kubeconfig says of its current context.
   *
   * @throws IllegalArgumentException when it cannot be read or names none
   */
  public static Config requireContext(String file) {
    Config config;
    try {
      config = Config.fromKubeconfig(new File(file));
    } catch (RuntimeException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException("the kubeconfig " + file + " cannot be read: " + why, e);
    }
    if (config.getCurrentContext() == null) {
      throw new IllegalArgumentException(
          "the kubeconfig " + file + " names no current context: set K8S_MASTER, or a context");
    }
    return config;
  }

  /** The client of a cluster, as a bean for Camel's own component. */
  public static KubernetesClient clientOf(Cluster cluster) {
    return cluster.client();
  }

  /** The client, for calls that are made within {@link #ask}. */
  public KubernetesClient client() {
    return client;
  }

  /** The namespace that all is in. */
  public String namespace() {
    return namespace;
  }

  /** What calls have to pass. */
  public CallGate gate() {
    return gate;
  }

  /**
   * Makes a call once it may be made.
   *
   * @throws PeerAwayException when it was not made, or not answered by a peer in good health
   * @throws PeerRefusedException when it was refused
   */
  public <T> T ask(Callable<T> call) throws Exception {
    gate.pass();
    return askNow(call);
  }

  /** As {@link #ask}, whether the peer is away or not. */
  public <T> T askNow(Callable<T> call) throws Exception {
    try {
      T answer = call.call();
      gate.worked();
      return answer;
    } catch (KubernetesClientException e) {
      throw heed(e);
    } catch (UncheckedIOException e) {
      throw new PeerAwayException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The failure as callers are to see it; the gate closes for a while when it may pass. */
  public IOException heed(KubernetesClientException failure) {
    if (!Answers.isPassing(failure)) {
      gate.worked();
      return new PeerRefusedException(failure);
    }
    gate.failed(Answers.words(failure));
    return new PeerAwayException(Answers.words(failure), failure);
  }

  @Override
  public void close() {
    client.close();
  }

  /** Hears the API server's wish to be left alone for some seconds. */
  private record RestWanted(CallGate gate) implements Interceptor {
    @Override
    public void after(
        HttpRequest request,
        HttpResponse<?> response,
        AsyncBody.Consumer<List<ByteBuffer>> consumer) {
      String seconds = response.header("Retry-After");
      boolean busy = response.code() == TOO_MANY || response.code() == UNAVAILABLE;
      if (busy && seconds != null && seconds.matches("[0-9]{1,4}")) {
        gate.rest(
            "the API server answers " + response.code() + " and wants a rest of " + seconds + " s",
            Duration.ofSeconds(Long.parseLong(seconds)));
      }
    }
  }
}
