package io.rostrum.playback.storage;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.TimelineRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
