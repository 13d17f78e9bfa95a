package io.rostrum.catalog.broadcast;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;

/**
 * A time that a broadcast can be planned for. The past is welcome, since clocks differ and plans
 * are written down late; the Middle Ages are a mistake. Null is valid.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlausibleTime.Validator.class)
@interface PlausibleTime {
  /** See {@link Constraint}. */
  String message() default "must lie between the years 2000 and 2200";

  /** See {@link Constraint}. */
  Class<?>[] groups() default {};

  /** See {@link Constraint}. */
  Class<? extends Payload>[] payload() default {};

  /** The check. */
  class Validator implements ConstraintValidator<PlausibleTime, Instant> {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    @Override
    public boolean isValid(Instant time, ConstraintValidatorContext context) {
      return time == null || !(time.isBefore(FIRST) || time.isAfter(LAST));
    }
  }
}
