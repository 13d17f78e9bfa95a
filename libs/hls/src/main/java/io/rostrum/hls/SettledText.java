package io.rostrum.hls;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of segments that will not change any more, as pieces with their compressed forms.
 *
 * <p>Immutable; appending shares all pieces but the newest. {@value #MERGE} small pieces become one
 * large piece: it compresses better, and the number of pieces of a 24 h event stays below a
 * hundred.
 */
final class SettledText {
  static final SettledText EMPTY = new SettledText(List.of(), 0, 0);

  private static final int MERGE = 32;

  private final List<TextPiece> pieces;
  private final int smallPieces;
  private final int segments;

  private SettledText(List<TextPiece> pieces, int smallPieces, int segments) {
    this.pieces = pieces;
    this.smallPieces = smallPieces;
    this.segments = segments;
  }

  /** This text and the next {@code count} segments. */
  SettledText append(byte[] text, int count) {
    List<TextPiece> appended = new ArrayList<>(pieces);
    appended.add(TextPiece.of(text));
    int small = smallPieces + 1;
    if (small == MERGE) {
      List<TextPiece> tail = appended.subList(appended.size() - MERGE, appended.size());
      TextPiece merged = TextPiece.join(tail);
      tail.clear();
      appended.add(merged);
      small = 0;
    }
    return new SettledText(List.copyOf(appended), small, segments + count);
  }

  List<TextPiece> pieces() {
    return pieces;
  }

  int segments() {
    return segments;
  }
}
