package io.rostrum.media;

import java.util.Arrays;
import java.util.Objects;

/**
 * The bytes of one access unit, which may lie within a larger array: a view, not a copy. Whoever
 * creates one gives the array away and must not write to it again, and readers must not write to it
 * either.
 *
 * @param buffer the array that holds them
 * @param offset index of the first
 * @param length how many, at least 1
 */
public record CodedBytes(byte[] buffer, int offset, int length) {

  public CodedBytes {
    Objects.requireNonNull(buffer, "buffer");
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      throw new IllegalArgumentException("An access unit holds at least one byte");
    }
  }

  /** A whole array. */
  public static CodedBytes of(byte[] bytes) {
    return new CodedBytes(bytes, 0, bytes.length);
  }

  /**
   * A range of an array that came from a peer: the view itself, unless it would keep an array alive
   * that is more than twice as large, which a hostile peer could make of any size.
   */
  public static CodedBytes of(byte[] buffer, int offset, int length) {
    return length >= buffer.length / 2
        ? new CodedBytes(buffer, offset, length)
        : of(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  /** The bytes in an array of exactly their length: the one that holds them, or else a copy. */
  public byte[] toByteArray() {
    return length == buffer.length ? buffer : Arrays.copyOfRange(buffer, offset, offset + length);
  }

  /** Compares the bytes, not the arrays they lie in. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CodedBytes that
        && Arrays.equals(
            buffer, offset, offset + length, that.buffer, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + buffer[i];
    }
    return hash;
  }

  /** The length; never the bytes. */
  @Override
  public String toString() {
    return length + " bytes";
  }
}
