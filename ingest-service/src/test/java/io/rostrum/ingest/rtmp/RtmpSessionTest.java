package io.rostrum.ingest.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.rtmp.amf0.Amf0Value;
import io.rostrum.rtmp.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtmpSessionTest {

  private final List<Message> replies = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private boolean accept = true;
  private boolean answer = true;
  private final RtmpSession session = new RtmpSession(replies::add, new Recorder());

  private final class Recorder implements RtmpSession.Events {
    @Override
    public void publish(PublishRequest request) {
      events.add("publish " + request.app() + " " + request.name());
      if (!answer) {
        return;
      }
      if (accept) {
        session.publishing(request);
      } else {
        session.refuse(request, "NetStream.Publish.BadName", "Unknown key.");
      }
    }

    @Override
    public void unpublish() {
      events.add("unpublish");
    }

    @Override
    public void video(long timestampMs, byte[] payload) {
      events.add("video " + timestampMs);
    }

    @Override
    public void audio(long timestampMs, byte[] payload) {
      events.add("audio " + timestampMs);
    }
  }

  @Test
  void connect_answersWithWindowBandwidthChunkSizeAndSuccess() {
    call("connect", 1, connect(Map.of()));

    assertThat(replies)
        .extracting(message -> message.getClass().getSimpleName())
        .containsExactly(
            "WindowAckSize", "SetPeerBandwidth", "SetChunkSize", "UserControl", "Command");
    Message.Command result = (Message.Command) replies.get(4);
    assertThat(result.name()).isEqualTo("_result");
    assertThat(result.argument(1).member("code"))
        .contains(Amf0Value.of("NetConnection.Connect.Success"));
    assertThat(result.argument(0).member("capsEx")).isEmpty();
  }

  @Test
  void connect_ofAnEnhancedSender_isToldWhatIsTaken() {
    call("connect", 1, connect(Map.of("fourCcList", new Amf0Value.Array(List.of()))));

    Message.Command result = (Message.Command) replies.get(4);
    assertThat(result.argument(0).member("videoFourCcInfoMap").get().member("avc1")).isPresent();
    assertThat(result.argument(0).member("capsEx")).contains(Amf0Value.of(15));
  }

  @Test
  void publish_againAndAgainBeforeItIsAnswered_asksOnce() {
    answer = false;
    call("connect", 1, connect(Map.of()));
    for (int i = 0; i < 1_000; i++) {
      publish("key" + i);
    }

    assertThat(events).containsExactly("publish live key0");
  }

  @Test
  void usualOrder_ofObsAndFfmpeg_publishes() {
    call("connect", 1, connect(Map.of()));
    call("releaseStream", 2, Amf0Value.NULL, Amf0Value.of("key"));
    call("FCPublish", 3, Amf0Value.NULL, Amf0Value.of("key"));
    call("createStream", 4, Amf0Value.NULL);
    call("_checkbw", 5, Amf0Value.NULL);
    publish("key");
    session.receive(new Message.Video(1, 40, new byte[1]));
    session.receive(new Message.Audio(1, 41, new byte[1]));
    call("FCUnpublish", 6, Amf0Value.NULL, Amf0Value.of("key"));
    call("deleteStream", 7, Amf0Value.NULL, Amf0Value.of(1));

    assertThat(events).containsExactly("publish live key", "video 40", "audio 41", "unpublish");
    assertThat(statusCodes()).contains("NetStream.Publish.Start");
    assertThat(answeredTransactions()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);
  }

  @Test
  void haivisionOrder_fcPublishAfterCreateStream_publishes() {
    call("_checkbw", 1, Amf0Value.NULL);
    call("connect", 2, connect(Map.of()));
    call("createStream", 3, Amf0Value.NULL);
    call("FCPublish", 4, Amf0Value.NULL, Amf0Value.of("key"));
    publish("key");

    assertThat(events).containsExactly("publish live key");
  }

  @Test
  void callWithoutTransaction_isNotAnswered() {
    call("releaseStream", 0, Amf0Value.NULL);
    call("somethingNew", 0, Amf0Value.NULL);

    assertThat(replies).isEmpty();
  }

  @Test
  void refusedPublisher_seesLevelErrorAndWhy_andItsMediaGoesNowhere() {
    accept = false;
    publish("key");
    session.receive(new Message.Video(1, 40, new byte[1]));

    Message.Command status = (Message.Command) replies.get(0);
    assertThat(status.name()).isEqualTo("onStatus");
    assertThat(status.messageStreamId()).isEqualTo(1);
    assertThat(status.argument(1).member("level")).contains(Amf0Value.of("error"));
    assertThat(status.argument(1).member("description")).contains(Amf0Value.of("Unknown key."));
    assertThat(events).containsExactly("publish  key");
  }

  @Test
  void secondPublishOnOneConnection_isRefused() {
    publish("key");
    publish("key");

    assertThat(events).hasSize(1);
    assertThat(statusCodes())
        .containsExactly("NetStream.Publish.Start", "NetStream.Publish.BadName");
  }

  @Test
  void mediaBeforePublish_isIgnored() {
    session.receive(new Message.Video(1, 0, new byte[1]));

    assertThat(events).isEmpty();
  }

  @Test
  void ping_isAnsweredWithItsTimestamp() {
    session.receive(new Message.UserControl(Message.UserControl.PING_REQUEST, 77));
    session.receive(new Message.UserControl(31, 0));

    assertThat(replies)
        .containsExactly(new Message.UserControl(Message.UserControl.PING_RESPONSE, 77));
  }

  @Test
  void player_isToldWhereToWatch() {
    call("play", 0, Amf0Value.NULL, Amf0Value.of("key"));

    assertThat(statusCodes()).containsExactly("NetStream.Play.Failed");
  }

  private void publish(String name) {
    session.receive(
        new Message.Command(
            1, "publish", 0, List.of(Amf0Value.NULL, Amf0Value.of(name), Amf0Value.of("live"))));
  }

  private void call(String name, double transaction, Amf0Value... arguments) {
    session.receive(new Message.Command(0, name, transaction, List.of(arguments)));
  }

  private static Amf0Value connect(Map<String, Amf0Value> more) {
    Map<String, Amf0Value> members = new java.util.HashMap<>(more);
    members.put("app", Amf0Value.of("live"));
    members.put("tcUrl", Amf0Value.of("rtmp://host/live"));
    return new Amf0Value.Obj(members);
  }

  private List<String> statusCodes() {
    return replies.stream()
        .filter(m -> m instanceof Message.Command c && c.name().equals("onStatus"))
        .map(m -> ((Message.Command) m).argument(1).member("code").get().asText().get())
        .toList();
  }

  private List<Double> answeredTransactions() {
    return replies.stream()
        .filter(m -> m instanceof Message.Command c && c.name().equals("_result"))
        .map(m -> ((Message.Command) m).transactionId())
        .toList();
  }

  @Test
  void reconnectRequest_isSentOnlyToThoseWhoAnnounceIt() {
    call("connect", 1, connect(Map.of("capsEx", Amf0Value.of(6))));
    replies.clear();
    session.requestReconnect("Later.");
    assertThat(replies).isEmpty();

    call("connect", 2, connect(Map.of("capsEx", Amf0Value.of(7))));
    replies.clear();
    session.requestReconnect("Elsewhere.");

    Message.Command status = (Message.Command) replies.get(0);
    assertThat(status.name()).isEqualTo("onStatus");
    assertThat(status.transactionId()).isZero();
    assertThat(status.messageStreamId()).isZero();
    assertThat(status.argument(1).member("code"))
        .contains(Amf0Value.of("NetConnection.Connect.ReconnectRequest"));
    assertThat(status.argument(1).member("level")).contains(Amf0Value.of("status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FCUnpublish", "closeStream", "deleteStream"})
  void anyWordForGoodbye_endsThePublicationOnce(String goodbye) {
    call("connect", 1, connect(Map.of()));
    call("createStream", 2, Amf0Value.NULL);
    publish("key");
    call(goodbye, 0, Amf0Value.NULL);
    call("deleteStream", 0, Amf0Value.NULL, Amf0Value.of(1));

    assertThat(events).containsExactly("publish live key", "unpublish");
  }

  @Test
  void bandwidth_isAnsweredWithTheWindow_andOtherMessagesAreIgnored() {
    session.receive(new Message.SetPeerBandwidth(1000, 2));
    session.receive(new Message.UserControl(31, 0));
    session.receive(new Message.Data(0, List.of(Amf0Value.of("@setDataFrame"))));
    session.receive(new Message.Unknown(19, 5));

    assertThat(replies).singleElement().isInstanceOf(Message.WindowAckSize.class);
  }
}
