package io.streamforge.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many WebSocket clients in one thread that only count frames. They share the processors with what
 * they measure, hence they look at little more than lengths.
 */
final class FrameCounter implements AutoCloseable {
  private final Selector selector = Selector.open();
  private final AtomicLong frames = new AtomicLong();
  private final Thread thread = new Thread(this::read, "frame counter");
  private final int port;
  private final String path;

  private FrameCounter(int port, String path) throws IOException {
    this.port = port;
    this.path = path;
  }

  static FrameCounter connect(int port, String path, int clients) throws IOException {
    FrameCounter counter = new FrameCounter(port, path);
    for (int i = 0; i < clients; i++) {
      counter.open();
    }
    counter.thread.start();
    return counter;
  }

  private void open() throws IOException {
    SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    String upgrade =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n";
    channel.write(ByteBuffer.wrap(upgrade.formatted(path, port).getBytes(US_ASCII)));
    InputStream in = channel.socket().getInputStream();
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no WebSocket: " + head);
      }
      head.append((char) next);
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("no WebSocket: " + head);
    }
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(256 * 1024));
  }

  private void read() {
    try {
      while (selector.isOpen()) {
        selector.select();
        if (!selector.isOpen()) {
          return;
        }
        for (SelectionKey key : selector.selectedKeys()) {
          ByteBuffer buffer = (ByteBuffer) key.attachment();
          if (((SocketChannel) key.channel()).read(buffer) < 0) {
            key.cancel();
            continue;
          }
          buffer.flip();
          count(buffer);
          buffer.compact();
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes whole frames from the buffer; all are shorter than 64 KiB. */
  private void count(ByteBuffer buffer) {
    long counted = 0;
    while (buffer.remaining() >= 4) {
      int start = buffer.position();
      int length = buffer.get(start + 1) & 0x7f;
      int head = 2;
      if (length == 126) {
        length = buffer.getShort(start + 2) & 0xffff;
        head = 4;
      }
      if (buffer.remaining() < head + length) {
        break;
      }
      buffer.position(start + head + length);
      counted++;
    }
    frames.addAndGet(counted);
  }

  /** How many frames have come. */
  long frames() {
    return frames.get();
  }

  /** Waits until so many frames have come. */
  void await(long expected) throws InterruptedException {
    long patience = System.nanoTime() + 60_000_000_000L;
    while (frames.get() < expected) {
      if (System.nanoTime() > patience) {
        throw new IllegalStateException(frames.get() + " frames came of " + expected);
      }
      Thread.sleep(1);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
    thread.join();
  }
}
