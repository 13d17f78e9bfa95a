package io.rostrum.ingest.rtmp;

import io.rostrum.contracts.broadcast.StreamKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code publish} command with what {@code connect} said before. Never log it: any of its texts
 * may hold the key.
 *
 * @param messageStreamId where status messages go
 * @param name stream name
 * @param app application name from {@code connect}; may be empty
 * @param tcUrl the URL the publisher was given; may be empty
 */
record PublishRequest(int messageStreamId, String name, String app, String tcUrl) {

  // The form of io.rostrum.contracts.broadcast.StreamKey, wherever it stands.
  private static final Pattern KEY = Pattern.compile("rst_[a-z0-9]{4,40}_[A-Za-z0-9]{16,128}");
  private static final int MAX_SEARCHED_CHARACTERS = 4096;

  /**
   * The stream key: in the stream name for most, alone or behind slashes, before or inside a query;
   * inside the application or the URL for senders that have one field only.
   */
  Optional<StreamKey> key() {
    return find(name).or(() -> find(app)).or(() -> find(tcUrl));
  }

  private static Optional<StreamKey> find(String text) {
    Matcher matcher =
        KEY.matcher(text.substring(0, Math.min(text.length(), MAX_SEARCHED_CHARACTERS)));
    return matcher.find() ? StreamKey.parse(matcher.group()) : Optional.empty();
  }

  @Override
  public String toString() {
    return "PublishRequest[stream " + messageStreamId + "]";
  }
}
