package io.rostrum.rtmp.amf0;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** One AMF0 value. Immutable. */
public sealed interface Amf0Value {

  Amf0Value NULL = new Null();
  Amf0Value UNDEFINED = new Undefined();

  static Amf0Value of(double number) {
    return new Num(number);
  }

  static Amf0Value of(String text) {
    return new Text(text);
  }

  static Amf0Value of(boolean flag) {
    return new Bool(flag);
  }

  /** The text, if this is one. */
  default Optional<String> asText() {
    return this instanceof Text text ? Optional.of(text.value) : Optional.empty();
  }

  /** The number, if this is one. */
  default OptionalDouble asNumber() {
    return this instanceof Num number ? OptionalDouble.of(number.value) : OptionalDouble.empty();
  }

  /** A member of an object or ECMA array; absent from anything else. */
  default Optional<Amf0Value> member(String name) {
    return this instanceof Obj object
        ? Optional.ofNullable(object.members.get(name))
        : Optional.empty();
  }

  /** AMF0 §2.2. */
  record Num(double value) implements Amf0Value {}

  /** AMF0 §2.3. */
  record Bool(boolean value) implements Amf0Value {}

  /** A string, long string or XML document: AMF0 §2.4, §2.14, §2.17. */
  record Text(String value) implements Amf0Value {
    public Text {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * An object, typed object or ECMA array: AMF0 §2.5, §2.10, §2.18. Of members with one name the
   * last is kept.
   *
   * @param members in the order they were sent
   * @param ecmaArray whether it goes on the wire as an ECMA array
   */
  record Obj(Map<String, Amf0Value> members, boolean ecmaArray) implements Amf0Value {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public Obj(Map<String, Amf0Value> members) {
      this(members, false);
    }
  }

  /** AMF0 §2.12. */
  record Array(List<Amf0Value> elements) implements Amf0Value {
    public Array {
      elements = List.copyOf(elements);
    }
  }

  /**
   * AMF0 §2.13.
   *
   * @param epochMs milliseconds since 1970 in UTC; the wire's time zone is reserved and not kept
   */
  record Date(double epochMs) implements Amf0Value {}

  /**
   * AMF0 §2.9: the n-th complex value of the message; left as it is, since resolving could make
   * cycles.
   */
  record Reference(int index) implements Amf0Value {}

  /** AMF0 §2.7. */
  record Null() implements Amf0Value {}

  /** AMF0 §2.8 and the "unsupported" marker, §2.15. */
  record Undefined() implements Amf0Value {}
}
