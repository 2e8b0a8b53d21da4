package io.streamforge.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the proxy does, it does as a network does. */
class FaultProxyTest {
  private static final String TEXT = "a request of some length ".repeat(8);

  private final FaultProxy proxy = new FaultProxy();

  @SuppressWarnings("NullAway.Init")
  private ServerSocket echo;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy.to(echo.getLocalPort());
    Thread server = new Thread(this::serve);
    server.setDaemon(true);
    server.start();
  }

  private void serve() {
    while (!echo.isClosed()) {
      try (Socket client = echo.accept()) {
        client.getInputStream().transferTo(client.getOutputStream());
      } catch (IOException over) {
        // The next client, or the end of the test.
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String ask(Socket socket) throws IOException {
    socket.getOutputStream().write(TEXT.getBytes(UTF_8));
    return new String(socket.getInputStream().readNBytes(TEXT.length()), UTF_8);
  }

  @Test
  void what_comes_is_passed_on() throws IOException {
    try (Socket socket = connect()) {
      assertThat(ask(socket)).isEqualTo(TEXT);
    }
  }

  @Test
  void who_is_refused_is_let_in_at_the_same_port_later() throws IOException {
    try (Socket before = connect()) {
      assertThat(ask(before)).isEqualTo(TEXT);
      proxy.set(Fault.REFUSE);
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      assertThat(before.getInputStream().read()).isEqualTo(-1);
    }
    proxy.set(Fault.NONE);
    try (Socket after = connect()) {
      assertThat(ask(after)).isEqualTo(TEXT);
    }
  }

  @Test
  void a_connection_that_hung_stays_silent_when_new_ones_are_served() throws IOException {
    proxy.set(Fault.HANG);
    try (Socket hung = connect()) {
      hung.setSoTimeout(500);
      assertThatThrownBy(() -> ask(hung)).isInstanceOf(SocketTimeoutException.class);
      proxy.set(Fault.NONE);
      assertThatThrownBy(() -> ask(hung)).isInstanceOf(SocketTimeoutException.class);
    }
    try (Socket fresh = connect()) {
      assertThat(ask(fresh)).isEqualTo(TEXT);
    }
  }

  @Test
  void a_slow_way_passes_all_on() throws IOException {
    proxy.set(Fault.SLOW);
    try (Socket socket = connect()) {
      assertThat(ask(socket)).isEqualTo(TEXT);
    }
  }

  @Test
  void an_answer_breaks_off_in_the_middle() throws IOException {
    proxy.set(Fault.DROP);
    try (Socket socket = connect()) {
      assertThat(ask(socket)).isNotEmpty().hasSizeLessThan(TEXT.length());
    }
  }
}
