package io.rostrum.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  private static final Path CHECKOUT = Path.of("/checkout");
  private static final Path HERE = Path.of("/somewhere");

  @Test
  void parse_nothing_isHelp() throws UsageException {
    assertThat(parse().command()).isEqualTo("help");
  }

  @Test
  void parse_commandOnly_takesDefaults() throws UsageException {
    Options options = parse("up");

    assertThat(options.command()).isEqualTo("up");
    assertThat(options.data()).isEqualTo(CHECKOUT.resolve(".rostrum"));
    assertThat(options.portOffset()).isZero();
    assertThat(options.bindOrLoopback()).isEqualTo("127.0.0.1");
    assertThat(options.detach()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--data d --port-offset 100 --bind 192.0.2.1 demo --detach",
        "demo --detach --data d --port-offset 100 --bind 192.0.2.1",
        "--data=d demo --port-offset=100 --bind=192.0.2.1 --detach"
      })
  void parse_optionsBeforeOrAfterTheCommand_meanTheSame(String line) throws UsageException {
    Options options = parse(line.split(" "));

    assertThat(options.command()).isEqualTo("demo");
    assertThat(options.arguments()).isEmpty();
    assertThat(options.data()).isEqualTo(HERE.resolve("d"));
    assertThat(options.portOffset()).isEqualTo(100);
    assertThat(options.bindOrLoopback()).isEqualTo("192.0.2.1");
    assertThat(options.detach()).isTrue();
  }

  @Test
  void parse_argument_isTheWordAfterTheCommand() throws UsageException {
    assertThat(parse("kill", "--data", "d", "kafka").argument("the process")).isEqualTo("kafka");
  }

  @Test
  void argument_missing_saysWhatItShouldBe() {
    assertThatThrownBy(() -> parse("kill").argument("the process"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("./rostrum kill takes one argument: the process");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "", "60000", "99999999999"})
  void parse_portOffsetOutOfRange_isRefusedWithTheRange(String offset) {
    assertThatThrownBy(() -> parse("up", "--port-offset", offset))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("from 0 to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--frob", "-x"})
  void parse_unknownOption_isRefusedByName(String option) {
    assertThatThrownBy(() -> parse("up", option))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--data", "--port-offset", "--bind"})
  void parse_optionWithoutValue_isRefusedByName(String option) {
    assertThatThrownBy(() -> parse("up", option))
        .isInstanceOf(UsageException.class)
        .hasMessage(option + " needs a value");
  }

  private static Options parse(String... words) throws UsageException {
    return Options.parse(List.of(words), CHECKOUT, HERE);
  }
}
