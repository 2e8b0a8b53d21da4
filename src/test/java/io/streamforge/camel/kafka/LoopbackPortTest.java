package io.streamforge.camel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LoopbackPortTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_port_that_is_lent_is_listened_on_by_who_knows_it_and_taken_by_nobody_else()
      throws Exception {
    try (LoopbackPort port = LoopbackPort.reserve(0)) {
      port.lend();
      InetSocketAddress address = new InetSocketAddress(LoopbackPort.HOST, port.number());
      try (ServerSocket stranger = new ServerSocket()) {
        stranger.setReuseAddress(false);
        assertThatThrownBy(() -> stranger.bind(address)).isInstanceOf(BindException.class);
      }
      // As Kafka opens its sockets.
      try (ServerSocketChannel broker = ServerSocketChannel.open()) {
        broker.bind(address);
        port.close();
        assertThat(broker.getLocalAddress()).isEqualTo(address);
      }
    }
  }

  @Test
  void a_port_that_is_given_up_is_free() throws Exception {
    LoopbackPort port = LoopbackPort.reserve(0);
    int number = port.number();
    port.close();
    try (ServerSocket next = new ServerSocket()) {
      next.setReuseAddress(false);
      next.bind(new InetSocketAddress(LoopbackPort.HOST, number));
      assertThat(next.getLocalPort()).isEqualTo(number);
    }
  }
}
