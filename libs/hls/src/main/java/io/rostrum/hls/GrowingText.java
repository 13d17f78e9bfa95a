package io.rostrum.hls;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Any text that grows at its end, such as a WebVTT file beside the playlists: a state of it costs
 * what is new in it, plain and compressed.
 *
 * <p>Not thread safe; the {@link RenderedPlaylist}s it gives out are immutable.
 */
public final class GrowingText {
  private final byte[] head;
  private SettledText settled = SettledText.EMPTY;

  /**
   * @param head what it starts with
   */
  public GrowingText(String head) {
    this.head = head.getBytes(StandardCharsets.UTF_8);
  }

  /** Appends what will not change any more: some kilobytes at a time compress well. */
  public void settle(String text) {
    settled = settled.append(text.getBytes(StandardCharsets.UTF_8), 1);
  }

  /** The text so far, and behind it what may still change. */
  public RenderedPlaylist with(String tail) {
    byte[] end = tail.getBytes(StandardCharsets.UTF_8);
    List<TextPiece> pieces = settled.pieces();
    return RenderedPlaylist.of(head, pieces, end);
  }
}
