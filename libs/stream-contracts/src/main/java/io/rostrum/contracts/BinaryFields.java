package io.rostrum.contracts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the fields of a binary record and turns every way of being too short into a {@link
 * ContractException}.
 *
 * <p>Not thread safe. All numbers are big-endian.
 */
public final class BinaryFields {
  private final String recordName;
  private final ByteBuffer buffer;

  /**
   * @param recordName for error messages
   * @param value the record's value; not copied
   */
  public BinaryFields(String recordName, byte[] value) {
    if (value == null) {
      throw new ContractException(recordName + " without a value");
    }
    this.recordName = recordName;
    this.buffer = ByteBuffer.wrap(value);
  }

  /** Unsigned 8-bit number. */
  public int u8() {
    return need(1).get() & 0xff;
  }

  /** Signed 32-bit number. */
  public int i32() {
    return need(4).getInt();
  }

  /** Signed 64-bit number. */
  public long i64() {
    return need(8).getLong();
  }

  /** ASCII text behind its 8-bit length. */
  public String ascii() {
    byte[] text = new byte[need(1).get() & 0xff];
    need(text.length).get(text);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** Bytes behind their 32-bit length. */
  public byte[] bytes() {
    int length = i32();
    if (length < 0) {
      throw new ContractException(recordName + ": negative length " + length);
    }
    byte[] copy =
        Arrays.copyOfRange(need(length).array(), buffer.position(), buffer.position() + length);
    buffer.position(buffer.position() + length);
    return copy;
  }

  /** Everything that is left, as a view of the record's value: not copied. */
  public ByteBuffer rest() {
    return buffer.slice();
  }

  /** Whether something follows: a field that older records do not have. */
  public boolean hasMore() {
    return buffer.hasRemaining();
  }

  private ByteBuffer need(int bytes) {
    if (buffer.remaining() < bytes) {
      throw new ContractException(
          recordName
              + " ends at byte "
              + buffer.limit()
              + ", "
              + (bytes - buffer.remaining())
              + " too early");
    }
    return buffer;
  }
}
