package io.rostrum.catalog.stack;

/**
 * Kafka with Rostrum's topics, Postgres with an empty database and an S3 server with a bucket.
 * Ready when made. What is killed keeps its data and its address for the restart.
 */
public interface TestStack extends AutoCloseable {
  /** System property: the class to use instead of {@link LocalTestStack}. */
  String CLASS_PROPERTY = "rostrum.test.stack";

  String kafkaBootstrapServers();

  String jdbcUrl();

  String jdbcUser();

  String jdbcPassword();

  String s3Endpoint();

  String s3AccessKey();

  String s3SecretKey();

  String s3Bucket();

  /** kill -9. */
  void killKafka();

  /** Returns when it is ready. */
  void restartKafka();

  /** kill -9. */
  void killPostgres();

  /** Returns when it is ready. */
  void restartPostgres();

  /** kill -9. */
  void killS3();

  /** Returns when it is ready. */
  void restartS3();

  @Override
  void close();

  /** The stack that the system property asks for. */
  static TestStack start() {
    String name = System.getProperty(CLASS_PROPERTY, LocalTestStack.class.getName());
    try {
      return (TestStack) Class.forName(name).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(CLASS_PROPERTY + " names no stack that starts: " + name, e);
    }
  }
}
