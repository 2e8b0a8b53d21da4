package io.streamforge.camel.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A TCP port of the loopback interface, kept from others until it is released. */
final class LoopbackPort implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  // Elsewhere a port that is bound cannot be listened on by another socket.
  private static final boolean SHARES = System.getProperty("os.name", "").startsWith("Linux");

  // Bound but never listening: who connects meanwhile is refused at once, as by a broker that is
  // not up yet.
  private final Socket reservation;

  private LoopbackPort(Socket reservation) {
    this.reservation = reservation;
  }

  /** Reserves the wanted port; a free one when it is taken, or 0. */
  static LoopbackPort reserve(int wanted) throws IOException {
    try {
      return bind(wanted);
    } catch (IOException taken) {
      return bind(0);
    }
  }

  private static LoopbackPort bind(int port) throws IOException {
    Socket socket = new Socket();
    try {
      // Connections that a killed broker left behind in TIME_WAIT do not count as taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return new LoopbackPort(socket);
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  int number() {
    return reservation.getLocalPort();
  }

  /** Lets another socket of this process listen on the port; until it does, nobody else gets it. */
  void lend() throws IOException {
    if (!SHARES) {
      reservation.close();
    }
  }

  /** Gives the port up. */
  @Override
  public void close() throws IOException {
    reservation.close();
  }
}
