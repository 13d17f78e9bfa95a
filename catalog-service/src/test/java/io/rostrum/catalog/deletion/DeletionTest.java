package io.rostrum.catalog.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.CatalogTest;
import io.rostrum.catalog.Tokens;
import io.rostrum.catalog.stack.BroadcastsTopic;
import io.rostrum.catalog.stack.Facts;
import io.rostrum.catalog.stack.Stack;
import io.rostrum.catalog.stack.TestStack;
import io.rostrum.catalog.stack.TimelineTopic;
import io.rostrum.contracts.storage.ObjectKeys;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeletionTest extends CatalogTest {
  @Stack TestStack stack;
  @Inject EntityManager entityManager;
  private MinioClient s3;

  @BeforeEach
  void connect() {
    s3 =
        MinioClient.builder()
            .endpoint(stack.s3Endpoint())
            .credentials(stack.s3AccessKey(), stack.s3SecretKey())
            .build();
  }

  @Test
  void delete_ended_removesMediaFactsAndIntent() throws Exception {
    String id = Api.createPublic("To be deleted");
    String other = Api.createPublic("To be kept");
    try (TimelineTopic timeline = new TimelineTopic(stack)) {
      timeline.append(id, 0, Facts.open(0), Facts.close(0), Facts.end(1));
      await().until(() -> state(id), "ENDED"::equals);
      put(ObjectKeys.segment(id, "source", 0, "ab".repeat(32)));
      put(ObjectKeys.finishedTimeline(id, 0));
      put(ObjectKeys.timelinePage(id, 0));
      put(ObjectKeys.timelinePage(other, 0));

      delete(id, 204);

      delete(id, 404);
      Api.as(Tokens.producer()).get(Api.BROADCASTS + "/" + id).then().statusCode(404);
      new BroadcastsTopic(stack).until(id, Optional::isEmpty);
      await().until(() -> objects(id), List::isEmpty);
      await().until(() -> rows("timeline_fact", id) == 0 && rows("broadcast_progress", id) == 0);

      timeline.append(id, 3, Facts.stored(0));
      timeline.append(other, 0, Facts.open(0));
      await().until(() -> state(other), "LIVE"::equals);
    }
    assertThat(objects(other)).hasSize(1);
    assertThat(rows("timeline_fact", other)).isEqualTo(1);
  }

  @Test
  void delete_objectThatArrivesLate_isRemovedByTheSecondSweep() throws Exception {
    String id = Api.createPublic("Late upload");
    delete(id, 204);
    await().until(() -> sweeps(id) == 1);
    put(ObjectKeys.segment(id, "source", 9, "cd".repeat(32)));
    await().until(() -> sweeps(id) == 2);
    assertThat(objects(id)).isEmpty();
  }

  @Test
  void delete_whileTheStoreIsAway_isDoneWhenItIsBack() throws Exception {
    String id = Api.createPublic("No store");
    put(ObjectKeys.timelinePage(id, 0));
    stack.killS3();
    try {
      delete(id, 204);
      await().atMost(Duration.ofSeconds(60)).until(() -> failures(id) > 0);
    } finally {
      stack.restartS3();
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> objects(id), List::isEmpty);
  }

  @Test
  void delete_live_isRefusedUntilItsEndIsAskedFor() {
    String id = Api.createPublic("On air");
    try (TimelineTopic timeline = new TimelineTopic(stack)) {
      timeline.append(id, 0, Facts.open(0));
    }
    await().until(() -> state(id), "LIVE"::equals);
    delete(id, 409);
    Api.as(Tokens.producer()).post(Api.BROADCASTS + "/" + id + "/end").then().statusCode(202);
    delete(id, 204);
  }

  private static void delete(String id, int status) {
    Api.as(Tokens.producer()).delete(Api.BROADCASTS + "/" + id).then().statusCode(status);
  }

  private static String state(String id) {
    return Api.as(Tokens.producer()).get(Api.BROADCASTS + "/" + id).jsonPath().getString("state");
  }

  private void put(String key) throws MinioException {
    byte[] bytes = {1, 2, 3};
    s3.putObject(
        PutObjectArgs.builder().bucket(stack.s3Bucket()).object(key).stream(
                new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
            .build());
  }

  private List<String> objects(String id) throws MinioException {
    List<String> keys = new ArrayList<>();
    for (Result<Item> item :
        s3.listObjects(
            ListObjectsArgs.builder()
                .bucket(stack.s3Bucket())
                .prefix(ObjectKeys.broadcastPrefix(id))
                .recursive(true)
                .build())) {
      keys.add(item.get().objectName());
    }
    return keys;
  }

  private long rows(String table, String id) {
    return number("select count(*) from " + table + " where broadcast_id = :id", id);
  }

  private long sweeps(String id) {
    return number("select sweeps_done from broadcast_deletion where broadcast_id = :id", id);
  }

  private long failures(String id) {
    return number("select failures from broadcast_deletion where broadcast_id = :id", id);
  }

  private long number(String sql, String id) {
    return QuarkusTransaction.requiringNew().call(() -> query(sql, id)).longValue();
  }

  private Number query(String sql, String id) {
    return (Number) entityManager.createNativeQuery(sql).setParameter("id", id).getSingleResult();
  }
}
