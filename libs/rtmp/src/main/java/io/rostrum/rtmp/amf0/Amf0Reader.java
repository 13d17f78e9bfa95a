package io.rostrum.rtmp.amf0;

import io.rostrum.rtmp.RtmpException;
import io.rostrum.rtmp.RtmpLimits;
import io.rostrum.rtmp.amf3.Amf3Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads AMF0 values from one message. Text that is not UTF-8 comes out with replacement characters.
 */
public final class Amf0Reader {

  private final ByteBuffer in;
  private final RtmpLimits limits;
  private int values;

  /**
   * @param in from its position to its limit; big-endian
   */
  public Amf0Reader(ByteBuffer in, RtmpLimits limits) {
    this.in = Objects.requireNonNull(in, "in");
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /** All values up to the end of the message. */
  public List<Amf0Value> readAll() {
    List<Amf0Value> all = new ArrayList<>();
    while (in.hasRemaining()) {
      all.add(read());
    }
    return all;
  }

  /** The next value. */
  public Amf0Value read() {
    return read(1);
  }

  private Amf0Value read(int depth) {
    if (depth > limits.maxAmfDepth()) {
      throw RtmpException.limit(
          in.position(), "maxAmfDepth", limits.maxAmfDepth(), "AMF values nested too deep");
    }
    if (++values > limits.maxAmfValues()) {
      throw RtmpException.limit(
          in.position(), "maxAmfValues", limits.maxAmfValues(), "too many AMF values in a message");
    }
    need(1);
    int marker = in.get() & 0xFF;
    switch (marker) {
      case Marker.NUMBER:
        need(8);
        return new Amf0Value.Num(in.getDouble());
      case Marker.BOOLEAN:
        need(1);
        return new Amf0Value.Bool(in.get() != 0);
      case Marker.STRING:
        return new Amf0Value.Text(shortText());
      case Marker.LONG_STRING:
      case Marker.XML_DOCUMENT:
        return new Amf0Value.Text(longText());
      case Marker.TYPED_OBJECT:
        shortText();
        return new Amf0Value.Obj(members(depth), false);
      case Marker.OBJECT:
        return new Amf0Value.Obj(members(depth), false);
      case Marker.ECMA_ARRAY:
        // AMF0 §2.10: a count that senders get wrong; the end marker decides.
        need(4);
        in.getInt();
        return new Amf0Value.Obj(members(depth), true);
      case Marker.STRICT_ARRAY:
        return array(depth);
      case Marker.DATE:
        need(10);
        double epochMs = in.getDouble();
        in.getShort();
        return new Amf0Value.Date(epochMs);
      case Marker.NULL:
        return Amf0Value.NULL;
      case Marker.UNDEFINED:
      case Marker.UNSUPPORTED:
        return Amf0Value.UNDEFINED;
      case Marker.REFERENCE:
        need(2);
        return new Amf0Value.Reference(in.getShort() & 0xFFFF);
      case Marker.AVM_PLUS:
        return amf3(depth);
      default:
        throw RtmpException.malformed(in.position() - 1, "AMF0 type marker " + marker);
    }
  }

  /** AMF0 §3.1: one value of the other format. */
  private Amf0Value amf3(int depth) {
    Amf3Reader reader = new Amf3Reader(in, limits, values);
    Amf0Value value = reader.read(depth);
    values = reader.values();
    return value;
  }

  private Map<String, Amf0Value> members(int depth) {
    Map<String, Amf0Value> members = new LinkedHashMap<>();
    // Some encoders end an ECMA array with the message instead of an end marker.
    while (in.hasRemaining()) {
      String name = shortText();
      need(1);
      if (name.isEmpty() && in.get(in.position()) == Marker.OBJECT_END) {
        in.get();
        break;
      }
      members.put(name, read(depth + 1));
    }
    return members;
  }

  private Amf0Value array(int depth) {
    need(4);
    long count = in.getInt() & 0xFFFF_FFFFL;
    if (count > in.remaining()) {
      throw RtmpException.malformed(
          in.position(), "array of " + count + " values in " + in.remaining() + " bytes");
    }
    List<Amf0Value> elements = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      elements.add(read(depth + 1));
    }
    return new Amf0Value.Array(elements);
  }

  private String shortText() {
    need(2);
    return text(in.getShort() & 0xFFFF);
  }

  private String longText() {
    need(4);
    return text(in.getInt() & 0xFFFF_FFFFL);
  }

  private String text(long length) {
    need(length);
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void need(long bytes) {
    if (in.remaining() < bytes) {
      throw RtmpException.malformed(
          in.position(),
          "AMF0 value cut short: " + bytes + " bytes needed, " + in.remaining() + " left");
    }
  }
}
