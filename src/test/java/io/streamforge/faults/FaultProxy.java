package io.streamforge.faults;

import io.streamforge.playground.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands between the service and a TCP peer, on loopback, and does to what passes what a bad
 * network or a dying peer does. Peers that tell clients where to connect to, as Kafka does, have to
 * tell this port.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int SLOW_BYTES = 512;
  private static final int SLOW_PAUSE_MS = 50;
  private static final int MOST_OF_AN_ANSWER = 40;
  private static final int ACCEPTOR_PATIENCE_MS = 1000;

  private final int port;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile InetSocketAddress peer = new InetSocketAddress(0);
  private volatile Fault fault = Fault.NONE;
  private ServerSocket listener;
  private Thread acceptor;
  private boolean closed;

  /** Takes a free port and listens at it; the peer may be told, and be up, later. */
  public FaultProxy() {
    port = FreePorts.find();
    listener = listen(port);
    acceptor = accepting(listener);
  }

  /** Passes on to that port of loopback from now on. */
  public FaultProxy to(int peerPort) {
    peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), peerPort);
    return this;
  }

  public int port() {
    return port;
  }

  /** {@code 127.0.0.1:<port>}. */
  public String address() {
    return InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
  }

  /** From now on that is wrong; {@link Fault#NONE} makes it good again, for new connections. */
  public synchronized void set(Fault next) {
    if (fault == Fault.REFUSE && next != Fault.REFUSE) {
      listener = listen(port);
      acceptor = accepting(listener);
    }
    if (next == Fault.HANG) {
      connections.forEach(Connection::silence);
    }
    fault = next;
    if (next == Fault.REFUSE) {
      closeListener();
      connections.forEach(Connection::close);
    }
  }

  /** How many connections are open, silent ones included. */
  public int connections() {
    return connections.size();
  }

  private static ServerSocket listen(int wanted) {
    try {
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return opened;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Thread accepting(ServerSocket from) {
    return daemon("accept", () -> accept(from));
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Connection connection = new Connection(from.accept());
        connections.add(connection);
        connection.begin();
      } catch (IOException over) {
        return;
      }
    }
  }

  private static Thread daemon(String what, Runnable task) {
    Thread thread = new Thread(task, "fault-proxy-" + what);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void closeListener() {
    try {
      listener.close();
      // The port is free once nobody waits at it any more.
      acceptor.join(ACCEPTOR_PATIENCE_MS);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      closeListener();
      connections.forEach(Connection::close);
    }
  }

  /** A client, and the peer it is passed on to. */
  private final class Connection {
    private final Socket client;
    private final Socket server = new Socket();
    private volatile boolean silent;

    Connection(Socket client) {
      this.client = client;
      this.silent = fault == Fault.HANG;
    }

    void silence() {
      silent = true;
    }

    void begin() {
      daemon(
          "requests",
          () -> {
            try {
              server.connect(peer);
              daemon("answers", () -> pass(server, client, true));
              pass(client, server, false);
            } catch (IOException peerAway) {
              close();
            }
          });
    }

    private void pass(Socket from, Socket to, boolean answers) {
      byte[] buffer = new byte[64 * 1024];
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (silent) {
            continue;
          }
          if (answers && fault == Fault.DROP) {
            out.write(buffer, 0, Math.min(read / 2, MOST_OF_AN_ANSWER));
            return;
          }
          forward(buffer, read, out);
        }
      } catch (IOException over) {
        // The other side is told by the end of its own connection.
      } finally {
        if (!silent) {
          close();
        }
      }
    }

    private void forward(byte[] buffer, int length, OutputStream out) throws IOException {
      int sent = 0;
      while (sent < length) {
        boolean slow = fault == Fault.SLOW;
        int part = slow ? Math.min(SLOW_BYTES, length - sent) : length - sent;
        if (slow) {
          pause();
        }
        out.write(buffer, sent, part);
        out.flush();
        sent += part;
      }
    }

    private void pause() throws IOException {
      try {
        TimeUnit.MILLISECONDS.sleep(SLOW_PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    void close() {
      connections.remove(this);
      for (Socket socket : new Socket[] {client, server}) {
        try {
          socket.close();
        } catch (IOException alreadyGone) {
          // It is what was wanted.
        }
      }
    }
  }
}
