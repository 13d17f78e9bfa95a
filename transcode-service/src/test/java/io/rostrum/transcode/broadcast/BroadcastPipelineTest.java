package io.rostrum.transcode.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.checkpoint.Checkpoint;
import io.rostrum.transcode.config.TranscodeConfig;
import io.rostrum.transcode.health.TranscodeMetrics;
import io.rostrum.transcode.ladder.Canvas;
import io.rostrum.transcode.ladder.LadderFactory;
import io.rostrum.transcode.segment.SyntheticPublication;
import io.rostrum.transcode.store.Spool;
import io.rostrum.transcode.storyboard.StoryboardRules;
import io.rostrum.transcode.worker.RungHeaders;
import io.rostrum.transcode.worker.WorkerCommand;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroadcastPipelineTest {
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);

  @TempDir Path spool;

  @Test
  void mistakeInOneBroadcast_stopsThatOne_andGoesNoFurther() throws Exception {
    try (BroadcastPipeline pipeline = pipeline(new IllegalStateException("a mistake"))) {
      publish(pipeline);
      assertThat(pipeline.isFailed()).isTrue();
      pipeline.tick(null, new Listening(true, System.nanoTime()), 1000, AT);
    }
  }

  @Test
  void troubleWithKafka_goesUp_andIsNoMistakeOfTheBroadcast() throws Exception {
    try (BroadcastPipeline pipeline = pipeline(new KafkaException("fenced"))) {
      assertThatThrownBy(() -> publish(pipeline)).isInstanceOf(KafkaException.class);
      assertThat(pipeline.isFailed()).isFalse();
    }
  }

  private static void publish(BroadcastPipeline pipeline) throws Exception {
    List<SourceRecord> records = SyntheticPublication.records("pub1aaaa", 9, 60, true, 1);
    for (int offset = 0; offset < records.size(); offset++) {
      pipeline.accept(records.get(offset), offset, AT);
    }
  }

  private BroadcastPipeline pipeline(RuntimeException atTheFirstOpen) throws Exception {
    TranscodeConfig config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(TranscodeConfig.class)
            .withDefaultValues(Map.of("rostrum.transcode.spool", spool.toString()))
            .build()
            .getConfigMapping(TranscodeConfig.class);
    Services services =
        new Services(
            config,
            new LadderFactory(List.of(), 0, 30, "veryfast", Canvas.DEFAULT),
            new WorkerCommand(config),
            WorkerLimits.DEFAULT,
            new RungHeaders(),
            StoryboardRules.of(config.storyboard()),
            null,
            new Spool(spool),
            null,
            new TranscodeMetrics(new SimpleMeterRegistry()),
            Runnable::run);
    return new BroadcastPipeline(
        "bcdfgh11", Checkpoint.start(0, 0), new FailingOutlet(atTheFirstOpen), services);
  }

  /** Takes everything until a segment is opened. */
  private record FailingOutlet(RuntimeException failure) implements Outlet {
    @Override
    public int partition() {
      return 0;
    }

    @Override
    public long mediaOffset() {
      return 0;
    }

    @Override
    public void send(String broadcast, MediaPart part) {
      throw new AssertionError("a part before its open is committed");
    }

    @Override
    public void commit(
        String broadcast, long epoch, long firstSeq, List<Fact> facts, Checkpoint checkpoint) {
      if (facts.stream().anyMatch(Fact.Open.class::isInstance)) {
        throw failure;
      }
    }
  }
}
