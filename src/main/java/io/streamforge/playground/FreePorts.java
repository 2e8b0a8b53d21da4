package io.streamforge.playground;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are stopped and started again. The ports that a system gives by itself may
 * meanwhile become those of somebody's outgoing connections; these are below them (on Linux 32768
 * to 60999).
 */
public final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int MOST_TRIES = 1000;

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

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
