package io.rostrum.playback.storage;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.quarkus.runtime.Startup;
import io.rostrum.playback.config.S3Config;
import io.rostrum.playback.storage.StorageException.Kind;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;

/**
 * Reads from the object store, on threads of its own: whoever asks never waits. Failures arrive as
 * {@link StorageException}.
 */
@Startup // what is set wrong is said at once
@ApplicationScoped
public class ObjectStore {
  private static final int QUEUE = 1024;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final String bucket;
  private final MinioClient client;
  private final ThreadPoolExecutor workers;

  /** What to do with an object's bytes, on a worker. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads {@code in} to its end; it is closed by the caller. */
    T read(InputStream in) throws IOException;
  }

  @FunctionalInterface
  private interface Call<T> {
    T call() throws IOException, MinioException;
  }

  /**
   * @param config address and credentials
   */
  public ObjectStore(S3Config config) {
    this.bucket = config.bucket();
    OkHttpClient http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT_TIMEOUT)
            .readTimeout(config.readTimeout())
            .writeTimeout(config.readTimeout())
            .build();
    this.client =
        MinioClient.builder()
            .endpoint(config.endpoint())
            .credentials(config.accessKey(), config.secretKey())
            // A region that is named is not asked for with a request of its own.
            .region(config.region())
            .httpClient(http)
            .build();
    AtomicInteger number = new AtomicInteger();
    this.workers =
        new ThreadPoolExecutor(
            config.concurrency(),
            config.concurrency(),
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "object-store-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    workers.allowCoreThreadTimeOut(true);
  }

  @PreDestroy
  void stop() {
    workers.shutdownNow();
  }

  /** Reads an object. */
  public <T> CompletableFuture<T> read(String key, Reader<T> reader) {
    return submit(
        "object " + key,
        () -> {
          try (InputStream in =
              client.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
            return reader.read(in);
          }
        });
  }

  /** All keys that start with {@code prefix}, in their order. */
  public CompletableFuture<List<String>> list(String prefix) {
    return submit(
        "list " + prefix,
        () -> {
          List<String> keys = new ArrayList<>();
          for (Result<Item> item :
              client.listObjects(
                  ListObjectsArgs.builder()
                      .bucket(bucket)
                      .prefix(prefix)
                      .recursive(true)
                      .build())) {
            keys.add(item.get().objectName());
          }
          keys.sort(null);
          return keys;
        });
  }

  private <T> CompletableFuture<T> submit(String what, Call<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      workers.execute(
          () -> {
            try {
              result.complete(call.call());
            } catch (ErrorResponseException e) {
              result.completeExceptionally(failure(what, e));
            } catch (StorageException e) {
              result.completeExceptionally(e);
            } catch (IOException | MinioException | RuntimeException e) {
              result.completeExceptionally(
                  new StorageException(Kind.UNAVAILABLE, what + ": " + e.getMessage(), e));
            }
          });
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new StorageException(Kind.UNAVAILABLE, what + ": too many reads are waiting", e));
    }
    return result;
  }

  private static StorageException failure(String what, ErrorResponseException e) {
    String code = e.errorResponse().code();
    Kind kind =
        "NoSuchKey".equals(code) || "NoSuchObject".equals(code) ? Kind.NOT_FOUND : Kind.UNAVAILABLE;
    return new StorageException(kind, what + ": " + code, e);
  }
}
