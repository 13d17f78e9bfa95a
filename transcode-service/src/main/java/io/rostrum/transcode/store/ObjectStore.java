package io.rostrum.transcode.store;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.rostrum.transcode.config.S3Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;

/** Writes objects into the bucket. Thread safe. */
public final class ObjectStore implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final OkHttpClient http;
  private final MinioClient client;
  private final String bucket;

  public ObjectStore(S3Config config) {
    http =
        new OkHttpClient.Builder()
            .socketFactory(new NoDelaySocketFactory())
            .connectTimeout(Duration.ofSeconds(3))
            .readTimeout(TIMEOUT)
            .writeTimeout(TIMEOUT)
            .retryOnConnectionFailure(true)
            .build();
    client =
        MinioClient.builder()
            .endpoint(config.endpoint())
            .credentials(config.accessKey(), config.secretKey())
            .region(config.region())
            .httpClient(http)
            .build();
    bucket = config.bucket();
  }

  /**
   * Writes one object; over an older one of the same key, which can only have the same content.
   *
   * @throws IOException if the store did not take it: try again
   */
  public void put(String key, byte[] bytes, String contentType) throws IOException {
    try {
      client.putObject(
          PutObjectArgs.builder().bucket(bucket).object(key).contentType(contentType).stream(
                  new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
              .build());
    } catch (Exception e) {
      // The client throws a dozen unrelated types; all that matters here is that the object is not
      // there.
      throw new IOException("object store did not take " + key + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
