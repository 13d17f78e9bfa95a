package io.rostrum.transcode.owner;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.rostrum.localstack.test.S3Process;
import io.rostrum.transcode.config.S3Config;
import io.rostrum.transcode.config.TranscodeConfig;
import io.rostrum.transcode.health.TranscodeMetrics;
import io.rostrum.transcode.ladder.Canvas;
import io.rostrum.transcode.ladder.LadderFactory;
import io.rostrum.transcode.store.ObjectStore;
import io.rostrum.transcode.store.Uploads;
import io.rostrum.transcode.worker.WorkerCommand;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/**
 * One transcoder instance, as the service runs it, that a test can drop at any moment: nothing is
 * said goodbye to.
 */
final class TranscodeNode implements AutoCloseable {
  private volatile boolean stopped;
  private volatile OwnerLoop loop;
  private final Thread thread;

  TranscodeNode(String kafka, S3Process s3, Map<String, String> settings) {
    var config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(TranscodeConfig.class)
            .withMapping(S3Config.class)
            .withDefaultValues(
                Map.of(
                    "rostrum.transcode.facts-per-page", "6",
                    "rostrum.transcode.defer-after", "10m",
                    "rostrum.transcode.spool", "target/spool",
                    "rostrum.s3.endpoint", s3.endpoint(),
                    "rostrum.s3.access-key", s3.accessKey(),
                    "rostrum.s3.secret-key", s3.secretKey(),
                    "rostrum.s3.bucket", s3.bucket()))
            .withDefaultValues(settings)
            .build();
    TranscodeConfig transcode = config.getConfigMapping(TranscodeConfig.class);
    S3Config store = config.getConfigMapping(S3Config.class);
    thread =
        new Thread(
            () -> {
              while (!stopped) {
                try (ObjectStore objects = new ObjectStore(store);
                    Uploads uploads = new Uploads(objects);
                    OwnerLoop owner =
                        new OwnerLoop(
                            kafka,
                            transcode,
                            uploads,
                            new LadderFactory(transcode.rungs(), 1, 30, "veryfast", Canvas.DEFAULT),
                            new WorkerCommand(transcode),
                            new TranscodeMetrics(new SimpleMeterRegistry()))) {
                  loop = owner;
                  owner.run(() -> stopped);
                } catch (RuntimeException e) {
                  System.err.println("owner loop starts again after " + e);
                }
              }
            },
            "test-owner");
    thread.start();
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
