package io.rostrum.catalog.schema;

import io.quarkus.hibernate.orm.JsonFormat;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.rostrum.contracts.json.ContractJson;
import java.nio.charset.StandardCharsets;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;

/**
 * JSON columns are written as the contracts write JSON: the mapper of the REST interface is free to
 * change without touching what is stored.
 */
@JsonFormat
@PersistenceUnitExtension
class ContractJsonColumns implements FormatMapper {
  @Override
  public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
    return ContractJson.read(
        text.toString().getBytes(StandardCharsets.UTF_8), type.getJavaTypeClass());
  }

  @Override
  public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
    return new String(ContractJson.write(value), StandardCharsets.UTF_8);
  }
}
