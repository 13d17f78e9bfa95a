package io.rostrum.transcode.store;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.rostrum.transcode.config.S3Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jboss.logging.Logger;

/** Writes objects into the bucket and reads them back. Thread safe. */
public final class ObjectStore implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ObjectStore.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final OkHttpClient http;
  private final MinioClient client;
  private final String bucket;
  private volatile boolean putIfAbsent = true;

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
   * Writes one object, unless there is one of that key already: every key of the transcoder names
   * one content for ever, so what is there is what was to be written. An owner that was frozen and
   * replaced changes nothing when it wakes, not even an object's date.
   *
   * @throws IOException if the store did not take it: try again
   */
  public void put(String key, byte[] bytes, String contentType) throws IOException {
    try {
      if (!putIfAbsent || !putIfAbsent(key, bytes, contentType)) {
        client.putObject(request(key, bytes, contentType).build());
      }
    } catch (Exception e) {
      // The client throws a dozen unrelated types; all that matters here is that the object is not
      // there.
      throw new IOException("object store did not take " + key + ": " + e.getMessage(), e);
    }
  }

  /** RFC 9110 §13.1.2; false where the store does not know how. */
  private boolean putIfAbsent(String key, byte[] bytes, String contentType) throws Exception {
    try {
      client.putObject(
          request(key, bytes, contentType).extraHeaders(Map.of("If-None-Match", "*")).build());
      return true;
    } catch (ErrorResponseException e) {
      if (e.response().code() == HttpURLConnection.HTTP_PRECON_FAILED) {
        return true;
      }
      if (e.response().code() == HttpURLConnection.HTTP_NOT_IMPLEMENTED) {
        LOG.infof(
            "The object store knows no conditional writes; what is written twice is written over, with the same bytes");
        putIfAbsent = false;
        return false;
      }
      throw e;
    }
  }

  private PutObjectArgs.Builder request(String key, byte[] bytes, String contentType) {
    return PutObjectArgs.builder().bucket(bucket).object(key).contentType(contentType).stream(
        new ByteArrayInputStream(bytes), (long) bytes.length, -1L);
  }

  /**
   * Reads one object.
   *
   * @param maxBytes what is longer is not what was looked for
   * @throws IOException if it is not there, is longer, or the store did not give it: try again
   */
  public byte[] get(String key, int maxBytes) throws IOException {
    return find(key, maxBytes).orElseThrow(() -> new IOException("object store has no " + key));
  }

  /**
   * Reads one object that may not be there.
   *
   * @param maxBytes what is longer is not what was looked for
   * @return empty where there is none
   * @throws IOException if it is longer, or the store did not give it: try again
   */
  public Optional<byte[]> find(String key, int maxBytes) throws IOException {
    try (InputStream in =
        client.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException("longer than " + maxBytes + " bytes");
      }
      return Optional.of(bytes);
    } catch (ErrorResponseException e) {
      if (e.response().code() == HttpURLConnection.HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      throw new IOException("object store did not give " + key + ": " + e.getMessage(), e);
    } catch (Exception e) {
      throw new IOException("object store did not give " + key + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
