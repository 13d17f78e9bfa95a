package io.rostrum.rtmp.amf0;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes AMF0 values. */
public final class Amf0Writer {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  public static byte[] write(List<Amf0Value> values) {
    Amf0Writer writer = new Amf0Writer();
    values.forEach(writer::write);
    return writer.out.toByteArray();
  }

  private void write(Amf0Value value) {
    if (value instanceof Amf0Value.Num number) {
      out.write(Marker.NUMBER);
      write64(Double.doubleToRawLongBits(number.value()));
    } else if (value instanceof Amf0Value.Bool bool) {
      out.write(Marker.BOOLEAN);
      out.write(bool.value() ? 1 : 0);
    } else if (value instanceof Amf0Value.Text text) {
      writeText(text.value());
    } else if (value instanceof Amf0Value.Obj object) {
      writeObject(object);
    } else if (value instanceof Amf0Value.Array array) {
      out.write(Marker.STRICT_ARRAY);
      write32(array.elements().size());
      array.elements().forEach(this::write);
    } else if (value instanceof Amf0Value.Date date) {
      out.write(Marker.DATE);
      write64(Double.doubleToRawLongBits(date.epochMs()));
      write16(0);
    } else if (value instanceof Amf0Value.Reference reference) {
      out.write(Marker.REFERENCE);
      write16(reference.index());
    } else {
      out.write(value instanceof Amf0Value.Null ? Marker.NULL : Marker.UNDEFINED);
    }
  }

  private void writeText(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= 0xFFFF) {
      out.write(Marker.STRING);
      write16(bytes.length);
    } else {
      out.write(Marker.LONG_STRING);
      write32(bytes.length);
    }
    out.writeBytes(bytes);
  }

  private void writeObject(Amf0Value.Obj object) {
    out.write(object.ecmaArray() ? Marker.ECMA_ARRAY : Marker.OBJECT);
    if (object.ecmaArray()) {
      write32(object.members().size());
    }
    for (Map.Entry<String, Amf0Value> member : object.members().entrySet()) {
      byte[] name = member.getKey().getBytes(StandardCharsets.UTF_8);
      if (name.length > 0xFFFF) {
        throw new IllegalArgumentException("AMF0 member name of " + name.length + " bytes");
      }
      write16(name.length);
      out.writeBytes(name);
      write(member.getValue());
    }
    write16(0);
    out.write(Marker.OBJECT_END);
  }

  private void write16(int value) {
    out.write(value >> 8);
    out.write(value);
  }

  private void write32(int value) {
    write16(value >> 16);
    write16(value);
  }

  private void write64(long value) {
    out.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
  }
}
