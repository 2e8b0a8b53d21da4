package io.streamforge.playground;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Ports for servers that are stopped and started again. The ports that a system gives by itself may
 * meanwhile become those of somebody's outgoing connections; these are below them (on Linux 32768
 * to 60999).
 */
public final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int MOST_TRIES = 1000;
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private FreePorts() {}

  /**
   * A port of the loopback address that is free now.
   *
   * @throws IllegalStateException when none is found
   */
  public static int find() {
    for (int tried = 0; tried < MOST_TRIES; tried++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port from " + LOWEST + " to " + HIGHEST + " is free");
  }

  /**
   * Waits until a port of the loopback address is free. A server of Netty that is closed lets its
   * port go a moment later, when its event loop looks round again.
   *
   * @throws IllegalStateException when somebody still listens there after 10 s
   */
  public static void awaitFree(int port) {
    long begun = System.nanoTime();
    while (!isFree(port)) {
      if (System.nanoTime() - begun > MOST_PATIENCE.toNanos()) {
        throw new IllegalStateException("somebody listens at port " + port);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
