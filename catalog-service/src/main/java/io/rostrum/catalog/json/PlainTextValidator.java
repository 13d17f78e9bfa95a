package io.rostrum.catalog.json;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

/** See {@link PlainText}. Stateless but for the annotation. */
public class PlainTextValidator implements ConstraintValidator<PlainText, String> {
  private boolean multiline;

  @Override
  public void initialize(PlainText annotation) {
    multiline = annotation.multiline();
  }

  @Override
  public boolean isValid(String text, ConstraintValidatorContext context) {
    return text == null || text.codePoints().allMatch(this::isWelcome);
  }

  private boolean isWelcome(int codePoint) {
    if (codePoint == '\n' || codePoint == '\r' || codePoint == '\t') {
      return multiline;
    }
    boolean halfOfPair =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    return !Character.isISOControl(codePoint) && !halfOfPair;
  }
}
