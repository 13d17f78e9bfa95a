package io.rostrum.rtmp.amf3;

import io.rostrum.rtmp.RtmpException;
import io.rostrum.rtmp.RtmpLimits;
import io.rostrum.rtmp.amf0.Amf0Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads one AMF3 value, AMF3 (January 2013) §3, out of a message that is AMF0 otherwise. Strings
 * and traits that are referred to are resolved; objects that are referred to stay references, as in
 * AMF0, since resolving could make cycles.
 */
public final class Amf3Reader {

  private static final int UNDEFINED = 0x00;
  private static final int NULL = 0x01;
  private static final int FALSE = 0x02;
  private static final int TRUE = 0x03;
  private static final int INTEGER = 0x04;
  private static final int DOUBLE = 0x05;
  private static final int STRING = 0x06;
  private static final int XML_DOCUMENT = 0x07;
  private static final int DATE = 0x08;
  private static final int ARRAY = 0x09;
  private static final int OBJECT = 0x0A;
  private static final int XML = 0x0B;
  private static final int BYTE_ARRAY = 0x0C;
  private static final int VECTOR_INT = 0x0D;
  private static final int VECTOR_UINT = 0x0E;
  private static final int VECTOR_DOUBLE = 0x0F;
  private static final int VECTOR_OBJECT = 0x10;
  private static final int DICTIONARY = 0x11;

  private static final int U29_BYTES = 4;
  private static final int MAX_REFERENCE = 0xFFFF;

  /** Members of a class: §3.12. */
  private record Traits(List<String> names, boolean dynamic) {}

  private final ByteBuffer in;
  private final RtmpLimits limits;
  private final List<String> strings = new ArrayList<>();
  private final List<Traits> traits = new ArrayList<>();
  private int values;

  /**
   * @param in at the value's type marker; big-endian
   * @param valuesBefore values of the message that have been read already: the limit is one for the
   *     message
   */
  public Amf3Reader(ByteBuffer in, RtmpLimits limits, int valuesBefore) {
    this.in = Objects.requireNonNull(in, "in");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.values = valuesBefore;
  }

  /** Values of the message that have been read so far. */
  public int values() {
    return values;
  }

  /**
   * The value at the buffer's position.
   *
   * @param depth of the value in the message, from 1
   * @throws RtmpException if it is malformed, goes beyond a limit, or only a program could read it
   */
  public Amf0Value read(int depth) {
    if (depth > limits.maxAmfDepth()) {
      throw RtmpException.limit(
          in.position(), "maxAmfDepth", limits.maxAmfDepth(), "AMF values nested too deep");
    }
    count();
    int marker = u8();
    switch (marker) {
      case UNDEFINED:
        return Amf0Value.UNDEFINED;
      case NULL:
        return Amf0Value.NULL;
      case FALSE:
      case TRUE:
        return Amf0Value.of(marker == TRUE);
      case INTEGER:
        // §3.6: 29 bits, two's complement.
        return Amf0Value.of(u29() << 3 >> 3);
      case DOUBLE:
        return Amf0Value.of(number());
      case STRING:
        return Amf0Value.of(string());
      default:
        return complex(marker, depth);
    }
  }

  /** Values that may be references to earlier ones: the low bit of a first U29 tells. */
  private Amf0Value complex(int marker, int depth) {
    if (marker > DICTIONARY) {
      throw RtmpException.malformed(in.position() - 1, "AMF3 type marker " + marker);
    }
    int header = u29();
    int rest = header >> 1;
    if ((header & 1) == 0) {
      return new Amf0Value.Reference(Math.min(rest, MAX_REFERENCE));
    }
    switch (marker) {
      case XML_DOCUMENT:
      case XML:
        return Amf0Value.of(text(rest));
      case DATE:
        return new Amf0Value.Date(number());
      case ARRAY:
        return array(rest, depth);
      case OBJECT:
        return object(header, depth);
      case BYTE_ARRAY:
        need(rest);
        in.position(in.position() + rest);
        return Amf0Value.UNDEFINED;
      case VECTOR_INT:
      case VECTOR_UINT:
      case VECTOR_DOUBLE:
        return vector(marker, rest);
      case VECTOR_OBJECT:
        u8(); // fixed length
        string(); // type name
        return new Amf0Value.Array(elements(rest, depth));
      default:
        return dictionary(rest, depth);
    }
  }

  /** §3.11: named members up to an empty name, then those without names. */
  private Amf0Value array(int dense, int depth) {
    Map<String, Amf0Value> named = named(depth);
    List<Amf0Value> elements = elements(dense, depth);
    if (named.isEmpty()) {
      return new Amf0Value.Array(elements);
    }
    for (int i = 0; i < elements.size(); i++) {
      named.put(Integer.toString(i), elements.get(i));
    }
    return new Amf0Value.Obj(named, true);
  }

  /** §3.12: traits by reference or here, then the values of their names, then dynamic members. */
  private Amf0Value object(int header, int depth) {
    Traits of = (header & 2) == 0 ? knownTraits(header >> 2) : newTraits(header);
    Map<String, Amf0Value> members = new LinkedHashMap<>();
    for (String name : of.names) {
      members.put(name, read(depth + 1));
    }
    if (of.dynamic) {
      members.putAll(named(depth));
    }
    return new Amf0Value.Obj(members);
  }

  private Traits knownTraits(int index) {
    if (index >= traits.size()) {
      throw RtmpException.malformed(in.position(), "AMF3 traits reference " + index);
    }
    return traits.get(index);
  }

  private Traits newTraits(int header) {
    String name = string();
    if ((header & 4) != 0) {
      throw RtmpException.unsupported(
          in.position(), "AMF3 object with its own encoding, class '" + name + "'");
    }
    int count = header >> 4;
    need(count);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      count();
      names.add(string());
    }
    Traits made = new Traits(List.copyOf(names), (header & 8) != 0);
    traits.add(made);
    return made;
  }

  private Map<String, Amf0Value> named(int depth) {
    Map<String, Amf0Value> members = new LinkedHashMap<>();
    for (String name = string(); !name.isEmpty(); name = string()) {
      members.put(name, read(depth + 1));
    }
    return members;
  }

  private List<Amf0Value> elements(int count, int depth) {
    // Each takes a byte at least.
    need(count);
    List<Amf0Value> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(read(depth + 1));
    }
    return elements;
  }

  /** §3.15. */
  private Amf0Value vector(int marker, int count) {
    u8(); // fixed length
    need((marker == VECTOR_DOUBLE ? 8L : 4L) * count);
    List<Amf0Value> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      count();
      double value =
          marker == VECTOR_DOUBLE
              ? in.getDouble()
              : marker == VECTOR_INT ? in.getInt() : in.getInt() & 0xFFFF_FFFFL;
      elements.add(Amf0Value.of(value));
    }
    return new Amf0Value.Array(elements);
  }

  /** §3.16: any values for keys; those that are text are kept. */
  private Amf0Value dictionary(int count, int depth) {
    u8(); // weak keys
    need(2L * count);
    Map<String, Amf0Value> members = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Amf0Value key = read(depth + 1);
      Amf0Value value = read(depth + 1);
      key.asText().ifPresent(name -> members.put(name, value));
    }
    return new Amf0Value.Obj(members);
  }

  /** §1.3.2: inline, or the n-th string that was; empty ones are never referred to. */
  private String string() {
    int header = u29();
    int rest = header >> 1;
    if ((header & 1) == 0) {
      if (rest >= strings.size()) {
        throw RtmpException.malformed(in.position(), "AMF3 string reference " + rest);
      }
      return strings.get(rest);
    }
    String text = text(rest);
    if (!text.isEmpty()) {
      strings.add(text);
    }
    return text;
  }

  private String text(int length) {
    need(length);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private double number() {
    need(8);
    return in.getDouble();
  }

  /** §1.3.1: seven bits a byte while the high bit is set, eight in the fourth. */
  private int u29() {
    int value = 0;
    for (int i = 1; i < U29_BYTES; i++) {
      int next = u8();
      value = value << 7 | next & 0x7F;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    return value << 8 | u8();
  }

  private int u8() {
    need(1);
    return in.get() & 0xFF;
  }

  private void count() {
    if (++values > limits.maxAmfValues()) {
      throw RtmpException.limit(
          in.position(), "maxAmfValues", limits.maxAmfValues(), "too many AMF values in a message");
    }
  }

  private void need(long bytes) {
    if (in.remaining() < bytes) {
      throw RtmpException.malformed(
          in.position(),
          "AMF3 value cut short: " + bytes + " bytes needed, " + in.remaining() + " left");
    }
  }
}
