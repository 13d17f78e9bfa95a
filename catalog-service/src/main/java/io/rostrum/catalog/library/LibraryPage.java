package io.rostrum.catalog.library;

import io.rostrum.catalog.broadcast.BroadcastView;
import java.util.List;

/**
 * A page of the library.
 *
 * @param items newest first
 * @param nextCursor {@code cursor} of the next page; absent on the last
 */
public record LibraryPage(List<BroadcastView> items, String nextCursor) {}
