package io.rostrum.ingest.rtmp;

import io.rostrum.rtmp.amf0.Amf0Value;
import io.rostrum.rtmp.message.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The commands of one connection, RTMP 1.0 §7.2, in whatever order senders give them. Protocol
 * only: messages in, messages and events out, no I/O.
 *
 * <pre>
 *   connect, [releaseStream], [FCPublish], createStream, publish --> media --> [FCUnpublish], deleteStream
 * </pre>
 */
final class RtmpSession {

  /** What the session leads to. */
  interface Events {
    /** {@code publish}: to be answered with {@link #publishing} or by refusing. */
    void publish(PublishRequest request);

    /** The publisher said that it is done. */
    void unpublish();

    /**
     * @param payload body of an FLV tag
     */
    void video(long timestampMs, byte[] payload);

    /**
     * @param payload body of an FLV tag
     */
    void audio(long timestampMs, byte[] payload);
  }

  private static final int ACK_WINDOW_BYTES = 2_500_000;
  private static final int CHUNK_SIZE = 60_000;
  private static final int DYNAMIC = 2;

  private final Consumer<Message> replies;
  private final Events events;
  private String app = "";
  private String tcUrl = "";
  private String client = "";
  private boolean canReconnect;
  private int lastStreamId;
  private int publishingStreamId = -1;
  private boolean asking;

  RtmpSession(Consumer<Message> replies, Events events) {
    this.replies = Objects.requireNonNull(replies, "replies");
    this.events = Objects.requireNonNull(events, "events");
  }

  /** How the sender's software calls itself; empty if it does not. */
  String client() {
    return client;
  }

  void receive(Message message) {
    if (message instanceof Message.Video video) {
      if (publishingStreamId >= 0) {
        events.video(video.timestampMs(), video.payload());
      }
    } else if (message instanceof Message.Audio audio) {
      if (publishingStreamId >= 0) {
        events.audio(audio.timestampMs(), audio.payload());
      }
    } else if (message instanceof Message.Command command) {
      call(command);
    } else if (message instanceof Message.UserControl control) {
      if (control.event() == Message.UserControl.PING_REQUEST) {
        replies.accept(new Message.UserControl(Message.UserControl.PING_RESPONSE, control.data()));
      }
    } else if (message instanceof Message.SetPeerBandwidth) {
      // RTMP 1.0 §5.4.5: answered with the window, unless that is what was sent last.
      replies.accept(new Message.WindowAckSize(ACK_WINDOW_BYTES));
    }
  }

  private void call(Message.Command command) {
    switch (command.name()) {
      case "connect" -> connect(command);
      case "createStream" -> result(command, Amf0Value.NULL, Amf0Value.of(++lastStreamId));
      case "publish" -> publish(command);
      case "FCPublish" -> {
        result(command, Amf0Value.NULL, Amf0Value.UNDEFINED);
        replies.accept(
            new Message.Command(
                0,
                "onFCPublish",
                0,
                List.of(Amf0Value.NULL, status("status", "NetStream.Publish.Start", ""))));
      }
      case "FCUnpublish", "closeStream", "deleteStream" -> {
        unpublish();
        result(command, Amf0Value.NULL, Amf0Value.UNDEFINED);
      }
      case "play", "play2" ->
          replies.accept(
              onStatus(
                  command.messageStreamId(),
                  status(
                      "error",
                      "NetStream.Play.Failed",
                      "This port takes publications only. Watch in the browser or over HLS.")));
      // releaseStream, _checkbw and getStreamLength are asked by some and matter to none.
      case "getStreamLength" -> result(command, Amf0Value.NULL, Amf0Value.of(0));
      default -> result(command, Amf0Value.NULL, Amf0Value.UNDEFINED);
    }
  }

  private void connect(Message.Command command) {
    Amf0Value request = command.argument(0);
    app = text(request, "app");
    tcUrl = text(request, "tcUrl");
    client = text(request, "flashVer");
    canReconnect = ConnectReply.canReconnect(request);
    replies.accept(new Message.WindowAckSize(ACK_WINDOW_BYTES));
    replies.accept(new Message.SetPeerBandwidth(ACK_WINDOW_BYTES, DYNAMIC));
    replies.accept(new Message.SetChunkSize(CHUNK_SIZE));
    replies.accept(new Message.UserControl(Message.UserControl.STREAM_BEGIN, 0));
    replies.accept(
        new Message.Command(
            0, "_result", command.transactionId(), ConnectReply.arguments(request)));
  }

  private void publish(Message.Command command) {
    String name = command.argument(1).asText().orElse("");
    PublishRequest request = new PublishRequest(command.messageStreamId(), name, app, tcUrl);
    if (publishingStreamId >= 0) {
      refuse(request, "NetStream.Publish.BadName", "This connection is publishing already.");
      return;
    }
    if (asking) {
      // The answer to the first may take a while; whoever does not wait for it gets no second one.
      return;
    }
    asking = true;
    events.publish(request);
  }

  /** Answers {@code publish}: media may come. */
  void publishing(PublishRequest request) {
    asking = false;
    publishingStreamId = request.messageStreamId();
    replies.accept(
        new Message.UserControl(Message.UserControl.STREAM_BEGIN, request.messageStreamId()));
    replies.accept(
        onStatus(
            request.messageStreamId(), status("status", "NetStream.Publish.Start", "Publishing.")));
  }

  /** Answers {@code publish}: it may not, and the user is told why. */
  void refuse(PublishRequest request, String code, String description) {
    asking = false;
    replies.accept(onStatus(request.messageStreamId(), status("error", code, description)));
  }

  /**
   * Asks the publisher to connect anew, if it has said that it understands: E-RTMP v2, "Reconnect
   * Request". It goes on as before until it does.
   */
  void requestReconnect(String description) {
    if (canReconnect) {
      replies.accept(
          onStatus(0, status("status", "NetConnection.Connect.ReconnectRequest", description)));
    }
  }

  /** Tells a publisher that its publication is over, and why. */
  void terminate(String description) {
    if (publishingStreamId >= 0) {
      replies.accept(
          onStatus(publishingStreamId, status("error", "NetStream.Publish.Denied", description)));
      publishingStreamId = -1;
    }
  }

  private void unpublish() {
    if (publishingStreamId >= 0) {
      publishingStreamId = -1;
      events.unpublish();
    }
  }

  /** Calls with transaction id 0 want no answer; all others wait for one. */
  private void result(Message.Command call, Amf0Value... values) {
    if (call.transactionId() != 0) {
      replies.accept(
          new Message.Command(
              call.messageStreamId(), "_result", call.transactionId(), List.of(values)));
    }
  }

  private static Message onStatus(int messageStreamId, Amf0Value information) {
    return new Message.Command(
        messageStreamId, "onStatus", 0, List.of(Amf0Value.NULL, information));
  }

  private static Amf0Value status(String level, String code, String description) {
    Map<String, Amf0Value> members = new LinkedHashMap<>();
    members.put("level", Amf0Value.of(level));
    members.put("code", Amf0Value.of(code));
    members.put("description", Amf0Value.of(description));
    return new Amf0Value.Obj(members);
  }

  private static String text(Amf0Value object, String member) {
    return object.member(member).flatMap(Amf0Value::asText).orElse("");
  }
}
