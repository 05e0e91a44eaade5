package io.narthex.jmh;

import java.io.OutputStream;

/** A stream that goes nowhere and counts its bytes. */
public final class CountingSink extends OutputStream {
  private long bytes;

  @Override
  public void write(final int b) {
    bytes++;
  }

  @Override
  public void write(final byte[] source, final int from, final int length) {
    bytes += length;
  }

  /** The bytes since the last call. */
  public long taken() {
    final long taken = bytes;
    bytes = 0;
    return taken;
  }
}
