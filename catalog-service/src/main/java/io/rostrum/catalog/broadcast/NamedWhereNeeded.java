package io.rostrum.catalog.broadcast;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A rule about a group or a person says which. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = NamedWhereNeeded.Validator.class)
@interface NamedWhereNeeded {
  /** See {@link Constraint}. */
  String message() default "is missing: rules of the kinds GROUP and PERSON name one";

  /** See {@link Constraint}. */
  Class<?>[] groups() default {};

  /** See {@link Constraint}. */
  Class<? extends Payload>[] payload() default {};

  /** The check; it reports on the field {@code name}. */
  class Validator implements ConstraintValidator<NamedWhereNeeded, AudienceRequest.RuleRequest> {
    @Override
    public boolean isValid(AudienceRequest.RuleRequest rule, ConstraintValidatorContext context) {
      boolean nameless = rule.name() == null || rule.name().isBlank();
      if (!rule.isOfSomebody() || !nameless) {
        return true;
      }
      context.disableDefaultConstraintViolation();
      context
          .buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
          .addPropertyNode("name")
          .addConstraintViolation();
      return false;
    }
  }
}
