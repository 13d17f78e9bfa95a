package io.rostrum.catalog.deletion;

import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.Item;
import io.rostrum.contracts.storage.ObjectKeys;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;

/** The object store, as far as the catalog uses it. */
@ApplicationScoped
class MediaStore {
  /** DeleteObjects takes 1000 keys at most. */
  private static final int BATCH = 1000;

  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .socketFactory(new NoDelaySockets())
          .connectTimeout(Duration.ofSeconds(5))
          .readTimeout(Duration.ofSeconds(60))
          .writeTimeout(Duration.ofSeconds(60))
          .build();
  private final String bucket;
  private final MinioClient client;

  MediaStore(S3Config config) {
    bucket = config.bucket();
    client =
        MinioClient.builder()
            .endpoint(config.endpoint())
            .credentials(config.accessKey(), config.secretKey())
            .httpClient(http)
            .build();
  }

  @PreDestroy
  void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /**
   * Removes everything of a broadcast.
   *
   * @return how many objects there were
   * @throws MinioException if the store is away or refuses; what is removed by then stays removed
   */
  int removeAll(String broadcastId) throws MinioException {
    int removed = 0;
    List<DeleteRequest.Object> batch = new ArrayList<>(BATCH);
    Iterable<Result<Item>> items =
        client.listObjects(
            ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(ObjectKeys.broadcastPrefix(broadcastId))
                .recursive(true)
                .build());
    for (Result<Item> item : items) {
      batch.add(new DeleteRequest.Object(item.get().objectName()));
      removed++;
      if (batch.size() == BATCH) {
        remove(batch);
        batch.clear();
      }
    }
    remove(batch);
    return removed;
  }

  private void remove(List<DeleteRequest.Object> batch) throws MinioException {
    if (batch.isEmpty()) {
      return;
    }
    Iterable<Result<DeleteResult.Error>> errors =
        client.removeObjects(
            RemoveObjectsArgs.builder().bucket(bucket).objects(List.copyOf(batch)).build());
    for (Result<DeleteResult.Error> error : errors) {
      DeleteResult.Error refused = error.get();
      throw new MinioException("the store kept " + refused.objectName() + ": " + refused.message());
    }
  }
}
