package io.rostrum.rtmp.chunk;

import io.rostrum.rtmp.RtmpException;
import io.rostrum.rtmp.RtmpLimits;
import io.rostrum.rtmp.message.MessageType;
import io.rostrum.rtmp.message.RawMessage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Puts messages together from interleaved chunks, RTMP 1.0 §5.3. Bytes may come in any portions.
 * Set Chunk Size and Abort are obeyed here, because they change how the next byte is read, and are
 * passed on all the same.
 *
 * <pre>
 *   basic header (1-3) | message header (0, 3, 7 or 11) | extended timestamp (0 or 4) | payload (up to the chunk size)
 * </pre>
 */
public final class ChunkReader {

  /** Until the peer says otherwise, RTMP 1.0 §5.4.1. */
  public static final int DEFAULT_CHUNK_SIZE = 128;

  private static final int MAX_CHUNK_SIZE = 0xFFFFFF;
  private static final int EXTENDED = 0xFFFFFF;
  private static final int[] MESSAGE_HEADER_BYTES = {11, 7, 3, 0};
  // A delta this long is no delta: see deltaOrAbsolute.
  private static final long PLAUSIBLE_STEP_MS = 10_000;

  private RtmpLimits limits;
  private final Map<Integer, ChunkStream> streams = new HashMap<>();

  private final byte[] head = new byte[18];
  private int headLength;
  private ChunkStream current;
  private int chunkRemaining;
  private int chunkSize = DEFAULT_CHUNK_SIZE;
  private long offset;
  private long bufferedBytes;

  public ChunkReader(RtmpLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /** Other limits from the next chunk on; more is never taken back. */
  public void setLimits(RtmpLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Reads all of {@code in} and hands on each message as it becomes complete.
   *
   * @throws RtmpException if the chunk stream cannot be followed any further
   */
  public void receive(ByteBuffer in, Consumer<RawMessage> messages) {
    while (true) {
      if (current == null && !readHeader(in)) {
        return;
      }
      readPayload(in);
      if (chunkRemaining > 0) {
        return;
      }
      ChunkStream complete = current;
      current = null;
      if (complete.received == complete.length) {
        deliver(complete, messages);
      }
    }
  }

  /** Bytes taken in so far, all told; acknowledgements count these. */
  public long bytesReceived() {
    return offset;
  }

  /** Memory held for messages that are not complete, in bytes. */
  public long bufferedBytes() {
    return bufferedBytes;
  }

  public int chunkSize() {
    return chunkSize;
  }

  private boolean readHeader(ByteBuffer in) {
    int used = parseHeader();
    while (used < 0) {
      if (!in.hasRemaining()) {
        return false;
      }
      head[headLength++] = in.get();
      offset++;
      used = parseHeader();
    }
    headLength -= used;
    // What is left (at most 4 bytes) was taken for an extended timestamp and is payload.
    System.arraycopy(head, used, head, 0, headLength);
    return true;
  }

  /**
   * @return length of the chunk header at the front of {@link #head}, or -1 if more bytes are
   *     needed; nothing is changed in that case
   */
  private int parseHeader() {
    if (headLength == 0) {
      return -1;
    }
    int format = (head[0] & 0xFF) >> 6;
    int id = head[0] & 0x3F;
    int at = 1;
    // RTMP 1.0 §5.3.1.1: 0 and 1 announce one or two more bytes.
    if (id < 2) {
      at = id == 0 ? 2 : 3;
      if (headLength < at) {
        return -1;
      }
      id = id == 0 ? 64 + u8(1) : 64 + u8(1) + (u8(2) << 8);
    }
    int end = at + MESSAGE_HEADER_BYTES[format];
    if (headLength < end) {
      return -1;
    }
    ChunkStream stream = stream(id, format);
    if (format == 3) {
      return parseContinuation(stream, at);
    }
    long field = u24(at);
    boolean extended = field == EXTENDED;
    if (extended) {
      if (headLength < end + 4) {
        return -1;
      }
      field = u32(end);
    }
    begin(stream, format, at, field, extended);
    return extended ? end + 4 : end;
  }

  /** A chunk with no message header: the next of a message, or the first of one like the last. */
  private int parseContinuation(ChunkStream stream, int at) {
    boolean first = !stream.inMessage;
    int used = at;
    long field = stream.extendedValue;
    if (stream.extended) {
      // RTMP 1.0 §5.3.1.3 repeats the extended timestamp here; old librtmp and FFmpeg leave it out
      // in mid-message.
      // What differs from it is payload, and stays in the head buffer.
      int matched = first ? Math.min(4, headLength - at) : matchesExtended(stream, at);
      if (matched < 0) {
        start(stream);
        return at;
      }
      if (matched < 4) {
        return -1;
      }
      used = at + 4;
      field = u32(at);
    }
    if (first) {
      if (stream.extended) {
        stream.timestampMs =
            stream.extendedIsAbsolute ? field : deltaOrAbsolute(stream.timestampMs, field);
      } else {
        stream.timestampMs = (stream.timestampMs + stream.deltaMs) & 0xFFFF_FFFFL;
      }
      stream.inMessage = true;
    }
    start(stream);
    return used;
  }

  /**
   * @return how many bytes at {@code at} agree with the extended timestamp, or -1 at the first that
   *     does not
   */
  private int matchesExtended(ChunkStream stream, int at) {
    int available = Math.min(4, headLength - at);
    boolean asField = true;
    boolean asTimestamp = true;
    for (int i = 0; i < available; i++) {
      int shift = 24 - 8 * i;
      asField &= u8(at + i) == (stream.extendedValue >>> shift & 0xFF);
      asTimestamp &= u8(at + i) == (stream.timestampMs >>> shift & 0xFF);
    }
    return asField || asTimestamp ? available : -1;
  }

  private void begin(ChunkStream stream, int format, int at, long field, boolean extended) {
    int length = format < 2 ? u24(at + 3) : stream.length;
    if (stream.inMessage) {
      // Type 0 here would be a new message inside one; types 1 and 2 are known from senders that
      // never use type 3.
      if (format == 0 || length != stream.length) {
        throw RtmpException.malformed(
            offset,
            "new message on chunk stream " + stream.id + " before the last one was complete");
      }
      start(stream);
      return;
    }
    if (length > limits.maxMessageBytes()) {
      throw RtmpException.limit(
          offset,
          "maxMessageBytes",
          limits.maxMessageBytes(),
          "message of " + length + " bytes announced");
    }
    stream.length = length;
    if (format < 2) {
      stream.typeId = u8(at + 6);
    }
    stream.extended = extended;
    stream.extendedValue = field;
    stream.extendedIsAbsolute = format == 0;
    if (format == 0) {
      // RTMP 1.0 §5.3.1.2.5: a type 3 chunk after this one repeats the timestamp as its delta.
      stream.timestampMs = field;
      stream.messageStreamId = Integer.reverseBytes((int) u32(at + 7));
    } else if (extended) {
      stream.timestampMs = deltaOrAbsolute(stream.timestampMs, field);
    } else {
      stream.timestampMs = (stream.timestampMs + field) & 0xFFFF_FFFFL;
    }
    stream.deltaMs = field;
    stream.inMessage = true;
    start(stream);
  }

  /**
   * An extended delta says that more than 4 hours 39 minutes passed between two messages. Senders
   * exist that put the timestamp itself there; where that reading is the plausible one, it is
   * taken.
   */
  private static long deltaOrAbsolute(long last, long field) {
    int step = (int) (field - last);
    return Math.abs((long) step) <= PLAUSIBLE_STEP_MS ? field : (last + field) & 0xFFFF_FFFFL;
  }

  private void start(ChunkStream stream) {
    current = stream;
    chunkRemaining = Math.min(chunkSize, stream.length - stream.received);
  }

  private ChunkStream stream(int id, int format) {
    ChunkStream stream = streams.get(id);
    // librtmp opens a chunk stream with type 1 for its pings; types 2 and 3 have no length to go
    // by.
    if (stream == null && format > 1) {
      throw RtmpException.malformed(
          offset, "first chunk on chunk stream " + id + " has header type " + format);
    }
    if (stream == null) {
      if (streams.size() >= limits.maxChunkStreams()) {
        throw RtmpException.limit(
            offset, "maxChunkStreams", limits.maxChunkStreams(), "one more chunk stream opened");
      }
      stream = new ChunkStream(id);
      streams.put(id, stream);
    }
    return stream;
  }

  private void readPayload(ByteBuffer in) {
    int fromHead = Math.min(headLength, chunkRemaining);
    int fromInput = Math.min(in.remaining(), chunkRemaining - fromHead);
    int total = fromHead + fromInput;
    if (total == 0) {
      return;
    }
    int growth = current.growthFor(total);
    if (bufferedBytes + growth > limits.maxBufferedBytes()) {
      throw RtmpException.limit(
          offset,
          "maxBufferedBytes",
          limits.maxBufferedBytes(),
          "too many incomplete messages at once");
    }
    bufferedBytes += growth;
    current.grow(total);
    System.arraycopy(head, 0, current.payload, current.received, fromHead);
    headLength -= fromHead;
    System.arraycopy(head, fromHead, head, 0, headLength);
    in.get(current.payload, current.received + fromHead, fromInput);
    offset += fromInput;
    current.received += total;
    chunkRemaining -= total;
  }

  private void deliver(ChunkStream stream, Consumer<RawMessage> messages) {
    bufferedBytes -= stream.payload.length;
    byte[] payload = stream.takePayload();
    if (stream.typeId == MessageType.SET_CHUNK_SIZE) {
      setChunkSize(payload);
    } else if (stream.typeId == MessageType.ABORT) {
      abort(payload);
    }
    messages.accept(
        new RawMessage(
            stream.id, stream.typeId, stream.messageStreamId, stream.timestampMs, payload));
  }

  private void setChunkSize(byte[] payload) {
    long size = control(payload);
    // RTMP 1.0 §5.4.1: the first bit is zero, 1 is the least; sizes above any message's length mean
    // the same.
    if (size < 1 || size > 0x7FFF_FFFFL) {
      throw RtmpException.malformed(offset, "chunk size " + size);
    }
    chunkSize = (int) Math.min(size, MAX_CHUNK_SIZE);
  }

  private void abort(byte[] payload) {
    ChunkStream aborted = streams.get((int) control(payload));
    // RTMP 1.0 §5.4.2: the partly received message is dropped.
    if (aborted != null && aborted.inMessage) {
      bufferedBytes -= aborted.payload.length;
      aborted.reset();
    }
  }

  private long control(byte[] payload) {
    if (payload.length < 4) {
      throw RtmpException.malformed(
          offset, "protocol control message of " + payload.length + " bytes");
    }
    return ByteBuffer.wrap(payload).getInt() & 0xFFFF_FFFFL;
  }

  private int u8(int at) {
    return head[at] & 0xFF;
  }

  private int u24(int at) {
    return u8(at) << 16 | u8(at + 1) << 8 | u8(at + 2);
  }

  private long u32(int at) {
    return (long) u24(at) << 8 | u8(at + 3);
  }
}
