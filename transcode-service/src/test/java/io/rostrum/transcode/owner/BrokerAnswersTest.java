package io.rostrum.transcode.owner;

import static io.rostrum.transcode.owner.BrokerAnswers.LONGEST_PAUSE_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrokerAnswersTest {
  private final BrokerAnswers answers = new BrokerAnswers();

  @Test
  void neverConnected_doesNotAnswer() {
    answers.counted(0, 5);
    assertThat(answers.answers(5)).isFalse();
  }

  @Test
  void answersWithoutALongPause_countFromTheFirst() {
    answers.counted(1, 7);
    answers.counted(1, LONGEST_PAUSE_NANOS);
    answers.counted(2, LONGEST_PAUSE_NANOS + 7);
    assertThat(answers.answers(LONGEST_PAUSE_NANOS + 8)).isTrue();
    assertThat(answers.sinceNanos()).isEqualTo(7);
  }

  @Test
  void countThatStays_isABrokerThatIsAway() {
    answers.counted(1, 7);
    answers.counted(1, LONGEST_PAUSE_NANOS + 8);
    assertThat(answers.answers(LONGEST_PAUSE_NANOS + 8)).isFalse();
  }

  @Test
  void backAfterAPause_countsFromThen() {
    answers.counted(1, 7);
    answers.counted(2, LONGEST_PAUSE_NANOS + 8);
    assertThat(answers.answers(LONGEST_PAUSE_NANOS + 8)).isTrue();
    assertThat(answers.sinceNanos()).isEqualTo(LONGEST_PAUSE_NANOS + 8);
  }

  @Test
  void notLookedAtForAWhile_isAPauseToo() {
    answers.counted(1, 7);
    answers.counted(100, 3 * LONGEST_PAUSE_NANOS);
    assertThat(answers.sinceNanos()).isEqualTo(3 * LONGEST_PAUSE_NANOS);
  }
}
