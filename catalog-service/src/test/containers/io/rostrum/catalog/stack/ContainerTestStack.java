package io.rostrum.catalog.stack;

import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import io.rostrum.localstack.kafka.KafkaTopics;
import io.rostrum.localstack.kafka.RostrumTopics;
import java.sql.DriverManager;
import java.util.Map;

/**
 * The parts as containers. The images can be replaced by system properties, e.g. {@code
 * -Drostrum.test.image.kafka=...}.
 */
public final class ContainerTestStack implements TestStack {
  private static final String PASSWORD = "password-for-tests";

  private final FixedPortContainer kafka;
  private final FixedPortContainer postgres;
  private final FixedPortContainer s3;

  public ContainerTestStack() {
    kafka =
        FixedPortContainer.start(
            image("kafka", "apache/kafka:4.1.1"),
            9092,
            port ->
                Map.of(
                    "KAFKA_NODE_ID", "1",
                    "KAFKA_PROCESS_ROLES", "broker,controller",
                    "KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093",
                    "KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:" + port,
                    "KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER",
                    "KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093",
                    "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1",
                    "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1",
                    "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"));
    postgres =
        FixedPortContainer.start(
            image("postgres", "postgres:17"),
            5432,
            port ->
                Map.of(
                    "POSTGRES_USER", "rostrum",
                    "POSTGRES_DB", "rostrum",
                    "POSTGRES_PASSWORD", PASSWORD));
    s3 =
        FixedPortContainer.start(
            image("s3", "andrewgaul/s3proxy:s3proxy-2.7.0"),
            80,
            port ->
                Map.of(
                    "S3PROXY_AUTHORIZATION", "aws-v2-or-v4",
                    "S3PROXY_IDENTITY", "rostrum",
                    "S3PROXY_CREDENTIAL", PASSWORD));
    try {
      kafka.await(() -> KafkaTopics.create(kafkaBootstrapServers(), RostrumTopics.all()));
      postgres.await(this::connectToPostgres);
      s3.await(this::makeBucket);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static String image(String part, String standard) {
    return System.getProperty("rostrum.test.image." + part, standard);
  }

  private void connectToPostgres() throws Exception {
    DriverManager.getConnection(jdbcUrl(), jdbcUser(), jdbcPassword()).close();
  }

  private void makeBucket() throws MinioException {
    client().makeBucket(MakeBucketArgs.builder().bucket(s3Bucket()).build());
  }

  private void listBuckets() throws MinioException {
    client().listBuckets();
  }

  private MinioClient client() {
    return MinioClient.builder()
        .endpoint(s3Endpoint())
        .credentials(s3AccessKey(), s3SecretKey())
        .build();
  }

  @Override
  public String kafkaBootstrapServers() {
    return kafka.address();
  }

  @Override
  public String jdbcUrl() {
    return "jdbc:postgresql://" + postgres.address() + "/rostrum";
  }

  @Override
  public String jdbcUser() {
    return "rostrum";
  }

  @Override
  public String jdbcPassword() {
    return PASSWORD;
  }

  @Override
  public String s3Endpoint() {
    return "http://" + s3.address();
  }

  @Override
  public String s3AccessKey() {
    return "rostrum";
  }

  @Override
  public String s3SecretKey() {
    return PASSWORD;
  }

  @Override
  public String s3Bucket() {
    return "rostrum";
  }

  @Override
  public void killKafka() {
    kafka.kill();
  }

  @Override
  public void restartKafka() {
    kafka.restart();
    kafka.await(() -> KafkaTopics.create(kafkaBootstrapServers(), RostrumTopics.all()));
  }

  @Override
  public void killPostgres() {
    postgres.kill();
  }

  @Override
  public void restartPostgres() {
    postgres.restart();
    postgres.await(this::connectToPostgres);
  }

  @Override
  public void killS3() {
    s3.kill();
  }

  @Override
  public void restartS3() {
    s3.restart();
    s3.await(this::listBuckets);
  }

  @Override
  public void close() {
    kafka.close();
    postgres.close();
    s3.close();
  }
}
