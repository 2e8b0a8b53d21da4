package io.streamforge.camel.llm;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error when a peer sends more than any answer can need. */
final class BoundedStream extends FilterInputStream {
  private static final long LONGEST = 64L * 1024 * 1024;
  private long left = LONGEST;

  BoundedStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(read);
    return read;
  }

  private void count(int read) throws IOException {
    left -= Math.max(0, read);
    if (left < 0) {
      throw new IOException("more than " + LONGEST + " bytes");
    }
  }
}
