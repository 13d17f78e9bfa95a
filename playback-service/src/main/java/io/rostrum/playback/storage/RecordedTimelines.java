package io.rostrum.playback.storage;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.json.ContractJson;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;

/**
 * Timelines that lie next to their segments: a recording describes itself, so a replay of any age
 * needs the object store and nothing else.
 */
@ApplicationScoped
public class RecordedTimelines {
  /** A timeline of a week is some 60 MB; more is not one. */
  private static final int MAX_BYTES = 256 * 1024 * 1024;

  private static final int MAX_FACT_BYTES = 64 * 1024;

  private final ObjectStore store;

  /**
   * @param store where they are
   */
  public RecordedTimelines(ObjectStore store) {
    this.store = store;
  }

  /**
   * The facts of a broadcast: of its finished timeline, or else of the pages that were written
   * while it was live. Empty if there is neither. Fails with {@link StorageException}.
   */
  public CompletableFuture<List<TimelineRecord>> load(String broadcastId) {
    return store
        .read(
            ObjectKeys.finishedTimeline(broadcastId, 0),
            in -> records(new GZIPInputStream(in, 1 << 16)))
        .handle(
            (records, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedFuture(records);
              }
              StorageException cause = StorageException.in(failure);
              return cause.kind() == StorageException.Kind.NOT_FOUND
                  ? pages(broadcastId)
                  : CompletableFuture.<List<TimelineRecord>>failedFuture(cause);
            })
        .thenCompose(records -> records);
  }

  /**
   * The newest revision of a recording as the object store tells of it; empty where there is none
   * but what was broadcast. Fails with {@link StorageException}.
   */
  public CompletableFuture<Optional<Fact.Revised>> newest(String broadcastId) {
    return store
        .list(ObjectKeys.revisions(broadcastId))
        .thenCompose(
            keys ->
                keys.isEmpty()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : store
                        .read(keys.get(keys.size() - 1), RecordedTimelines::revised)
                        .thenApply(Optional::of));
  }

  /** A revision by its number; empty where there is none. Fails with {@link StorageException}. */
  public CompletableFuture<Optional<Fact.Revised>> revision(String broadcastId, int revision) {
    return orEmpty(
        store
            .read(ObjectKeys.revision(broadcastId, revision), RecordedTimelines::revised)
            .thenApply(Optional::of));
  }

  /**
   * The facts of a revision. Fails with {@link StorageException}: it is corrupt where its hash is
   * another than it should be.
   */
  public CompletableFuture<List<TimelineRecord>> load(Fact.Revised revised) {
    return store.read(
        revised.key(),
        in -> {
          DigestInputStream hashed = new DigestInputStream(in, sha256());
          List<TimelineRecord> records = records(new GZIPInputStream(hashed, 1 << 16));
          hashed.transferTo(OutputStream.nullOutputStream());
          String hash = HexFormat.of().formatHex(hashed.getMessageDigest().digest());
          if (!hash.equals(revised.sha256())) {
            throw corrupt(revised.key() + " is not what was written", null);
          }
          return records;
        });
  }

  private static Fact.Revised revised(InputStream in) throws IOException {
    try {
      return ContractJson.read(in.readNBytes(MAX_FACT_BYTES), Fact.Revised.class);
    } catch (ContractException e) {
      throw corrupt("revision", e);
    }
  }

  private static <T> CompletableFuture<Optional<T>> orEmpty(CompletableFuture<Optional<T>> found) {
    return found
        .handle(
            (value, failure) ->
                failure == null
                    ? CompletableFuture.completedFuture(value)
                    : StorageException.in(failure).kind() == StorageException.Kind.NOT_FOUND
                        ? CompletableFuture.completedFuture(Optional.<T>empty())
                        : CompletableFuture.<Optional<T>>failedFuture(failure))
        .thenCompose(value -> value);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private CompletableFuture<List<TimelineRecord>> pages(String broadcastId) {
    return store
        .list(ObjectKeys.timelinePages(broadcastId))
        .thenCompose(
            keys -> {
              CompletableFuture<List<TimelineRecord>> all =
                  CompletableFuture.completedFuture(new ArrayList<>());
              for (String key : keys) {
                all =
                    all.thenCombine(
                        store.read(key, RecordedTimelines::records),
                        (records, page) -> {
                          records.addAll(page);
                          return records;
                        });
              }
              return all;
            });
  }

  private static List<TimelineRecord> records(InputStream in) throws IOException {
    List<TimelineRecord> records = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      total += read;
      if (total > MAX_BYTES) {
        throw corrupt("longer than " + MAX_BYTES + " bytes", null);
      }
      int start = 0;
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, start, i - start);
          add(records, line);
          start = i + 1;
        }
      }
      line.write(buffer, start, read - start);
    }
    add(records, line);
    return records;
  }

  private static void add(List<TimelineRecord> records, ByteArrayOutputStream line) {
    byte[] json = line.toByteArray();
    line.reset();
    if (json.length == 0 || (json.length == 1 && json[0] == '\r')) {
      return;
    }
    try {
      records.add(TimelineRecord.parse(json));
    } catch (ContractException e) {
      byte[] start = Arrays.copyOf(json, Math.min(json.length, 80));
      throw corrupt("line " + (records.size() + 1) + ": " + new String(start), e);
    }
  }

  private static StorageException corrupt(String what, Exception cause) {
    return new StorageException(StorageException.Kind.CORRUPT, "recorded timeline: " + what, cause);
  }
}
