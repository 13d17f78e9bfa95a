package io.rostrum.catalog.stack;

import io.rostrum.localstack.test.KafkaProcess;
import io.rostrum.localstack.test.PostgresProcess;
import io.rostrum.localstack.test.S3Process;

/** The parts as processes of this machine. */
public final class LocalTestStack implements TestStack {
  private final KafkaProcess kafka = KafkaProcess.start();
  private final PostgresProcess postgres = PostgresProcess.start();
  private final S3Process s3 = S3Process.start();

  @Override
  public String kafkaBootstrapServers() {
    return kafka.bootstrapServers();
  }

  @Override
  public String jdbcUrl() {
    return postgres.jdbcUrl();
  }

  @Override
  public String jdbcUser() {
    return postgres.username();
  }

  @Override
  public String jdbcPassword() {
    return postgres.password();
  }

  @Override
  public String s3Endpoint() {
    return s3.endpoint();
  }

  @Override
  public String s3AccessKey() {
    return s3.accessKey();
  }

  @Override
  public String s3SecretKey() {
    return s3.secretKey();
  }

  @Override
  public String s3Bucket() {
    return s3.bucket();
  }

  @Override
  public void killKafka() {
    kafka.kill();
  }

  @Override
  public void restartKafka() {
    kafka.restart();
  }

  @Override
  public void killPostgres() {
    postgres.kill();
  }

  @Override
  public void restartPostgres() {
    postgres.restart();
  }

  @Override
  public void killS3() {
    s3.kill();
  }

  @Override
  public void restartS3() {
    s3.restart();
  }

  @Override
  public void close() {
    kafka.close();
    postgres.close();
    s3.close();
  }
}
