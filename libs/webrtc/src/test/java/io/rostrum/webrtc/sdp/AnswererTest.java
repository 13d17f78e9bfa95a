package io.rostrum.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.dtls.DtlsIdentity;
import io.rostrum.webrtc.dtls.DtlsRole;
import io.rostrum.webrtc.ice.IceCredentials;
import io.rostrum.webrtc.payload.Codec;
import io.rostrum.webrtc.rtp.TrackFormat;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswererTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(RANDOM);
  private static final List<Candidate> CANDIDATES =
      List.of(new Candidate("192.0.2.7", 8189, 65_535), new Candidate("2001:db8::7", 8189, 65_534));

  private static Answer answer(String offer) throws WebRtcException {
    return new Answerer(IDENTITY.fingerprint(), CANDIDATES, 2_500)
        .answer(SessionDescription.parse(offer), IceCredentials.random(RANDOM), 42);
  }

  @Test
  void browserOffer_isAnswered() throws Exception {
    Answer answer = answer(Offers.browser());

    assertThat(answer.role()).isEqualTo(DtlsRole.SERVER);
    assertThat(answer.remoteUfrag()).isEqualTo("yxYb");
    assertThat(answer.extensions()).isEqualTo(new HeaderExtensions(4, 10, 11, 3));
    assertThat(answer.tracks())
        .extracting(TrackFormat::codec)
        .containsExactly(Codec.OPUS, Codec.VP8);
    TrackFormat video = answer.tracks().get(1);
    assertThat(video.payloadType()).isEqualTo(96);
    assertThat(video.repairType()).isEqualTo(97);
    assertThat(video.nack()).isTrue();
    assertThat(video.repairOf()).containsEntry(632_943_048, (int) 2_231_627_014L);
    assertThat(answer.sdp().lines())
        .contains(
            "a=group:BUNDLE 0 1",
            "a=ice-lite",
            "a=setup:passive",
            "a=recvonly",
            "m=video 8189 UDP/TLS/RTP/SAVPF 96 97",
            "a=rtcp-fb:96 nack pli",
            "a=fmtp:96 x-google-start-bitrate=2500",
            "a=candidate:1 1 udp 2130706431 192.0.2.7 8189 typ host")
        // Senders rotate the picture themselves where this is not agreed on.
        .noneMatch(line -> line.contains("video-orientation"))
        .noneMatch(line -> line.contains("goog-remb"));
  }

  @ParameterizedTest
  @CsvSource({
    "107 108 96 97, H264, 107",
    "103 104 107 108 96 97, H264, 107",
    "103 104, H264, 103",
    "98 99 96, VP9, 98",
    "45 46, AV1, 45"
  })
  void firstUsableFormat_inTheOfferersOrder_isTaken(String formats, Codec codec, int type)
      throws Exception {
    TrackFormat video = answer(Offers.browser(formats)).tracks().get(1);

    assertThat(video.codec()).isEqualTo(codec);
    assertThat(video.payloadType()).isEqualTo(type);
  }

  @Test
  void offerOfAStudio_isAnswered() throws Exception {
    Answer answer = answer(Offers.libdatachannel());

    assertThat(answer.role()).isEqualTo(DtlsRole.SERVER);
    assertThat(answer.remoteUfrag()).isEqualTo("tVqk");
    assertThat(answer.tracks())
        .extracting(TrackFormat::codec)
        .containsExactly(Codec.OPUS, Codec.H264);
    TrackFormat video = answer.tracks().get(1);
    assertThat(video.nack()).as("repairs come on the stream itself").isTrue();
    assertThat(video.repairType()).isEqualTo(-1);
    assertThat(answer.sdp().lines())
        .contains("m=video 8189 UDP/TLS/RTP/SAVPF 96", "a=rtcp-fb:96 nack", "a=rtcp-fb:96 nack pli")
        .noneMatch(line -> line.contains("rtx") || line.contains("transport-cc"));
  }

  @Test
  void offersOfOtherBrowsers_areAnswered() throws Exception {
    Answer firefox = answer(Offers.firefox());
    Answer safari = answer(Offers.safari());

    assertThat(firefox.tracks())
        .extracting(TrackFormat::codec, TrackFormat::payloadType, TrackFormat::repairType)
        .containsExactly(tuple(Codec.OPUS, 109, -1), tuple(Codec.VP8, 120, 124));
    assertThat(firefox.extensions()).isEqualTo(new HeaderExtensions(3, -1, -1, 7));
    assertThat(firefox.sdp())
        .contains("m=video 8189 UDP/TLS/RTP/SAVPF 120 124")
        .doesNotContain("bundle-only");
    assertThat(safari.tracks())
        .extracting(TrackFormat::codec, TrackFormat::payloadType, TrackFormat::repairType)
        .containsExactly(tuple(Codec.OPUS, 111, -1), tuple(Codec.H264, 96, 97));
  }

  @Test
  void offersOfOtherPrograms_areAnswered() throws Exception {
    Answer gstreamer = answer(Offers.gstreamer());
    Answer aiortc = answer(Offers.aiortc());

    assertThat(gstreamer.tracks())
        .extracting(TrackFormat::mid, TrackFormat::codec, TrackFormat::payloadType)
        .containsExactly(tuple("video0", Codec.VP8, 96), tuple("audio1", Codec.OPUS, 97));
    assertThat(gstreamer.sdp()).contains("m=audio 8189 UDP/TLS/RTP/SAVPF 97");
    assertThat(aiortc.tracks())
        .extracting(TrackFormat::codec, TrackFormat::payloadType, TrackFormat::repairType)
        .containsExactly(tuple(Codec.OPUS, 96, -1), tuple(Codec.VP8, 97, 98));
    assertThat(aiortc.remoteUfrag()).isEqualTo("nfXO");
  }

  @Test
  void offerWithoutRepairs_isAnsweredWithoutThem() throws Exception {
    Answer answer = answer(Offers.libdatachannel().replaceAll("a=rtcp-fb:96.*\r\n", ""));

    assertThat(answer.tracks().get(1).nack()).isFalse();
    assertThat(answer.sdp()).doesNotContain("rtcp-fb").contains("profile-level-id=42e01f");
  }

  @Test
  void passiveOffer_isAnsweredAsClient() throws Exception {
    Answer answer = answer(Offers.browser().replace("setup:actpass", "setup:passive"));

    assertThat(answer.role()).isEqualTo(DtlsRole.CLIENT);
    assertThat(answer.sdp()).contains("a=setup:active");
  }

  @Test
  void sectionThatIsNotUnderstood_isRejected() throws Exception {
    Answer answer = answer(Offers.browser("97 104"));

    assertThat(answer.tracks()).extracting(TrackFormat::codec).containsExactly(Codec.OPUS);
    assertThat(answer.sdp()).contains("m=video 0 ", "a=group:BUNDLE 0\r\n");
  }

  @Test
  void simulcast_isTaken() throws Exception {
    Answer answer =
        answer(
            Offers.browser().replaceAll("a=ssrc\\S* \\S+( \\S+)?\r\n", "")
                + "a=rid:h send\r\na=rid:l send\r\na=simulcast:send h;l\r\n");

    assertThat(answer.tracks().get(1).layers()).containsExactly("h", "l");
    assertThat(answer.sdp()).contains("a=simulcast:recv h;l", "a=rid:l recv");
  }

  /** As RFC 9725 §4.2 wants it, of a sender that writes nothing twice. */
  @Test
  void sectionThatIsBundleOnly_isTakenOnTheTransportOfTheFirst() throws Exception {
    String offer = Offers.browser();
    int video = offer.indexOf("m=video");
    String only =
        offer
            .substring(video)
            .replace("m=video 9", "m=video 0")
            .replace("a=mid:1", "a=mid:1\r\na=bundle-only")
            .replaceAll("a=(ice-\\S+|fingerprint|setup|rtcp-mux)\\b.*\r\n", "");
    Answer answer = answer(offer.substring(0, video) + only);

    assertThat(answer.tracks())
        .extracting(TrackFormat::codec)
        .containsExactly(Codec.OPUS, Codec.VP8);
    assertThat(answer.sdp())
        .contains("m=video 8189 UDP/TLS/RTP/SAVPF 96 97")
        .contains("BUNDLE 0 1");
  }

  @Test
  void sectionWithoutPort_isRejected() throws Exception {
    Answer answer = answer(Offers.browser().replace("m=video 9", "m=video 0"));

    assertThat(answer.tracks()).extracting(TrackFormat::codec).containsExactly(Codec.OPUS);
  }

  @Test
  void dataChannel_isRejectedAsWhatItIs() throws Exception {
    String data =
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\na=sctp-port:5000\r\n";
    Answer answer = answer(Offers.browser().replace("BUNDLE 0 1", "BUNDLE 0 1 2") + data);

    assertThat(answer.tracks()).hasSize(2);
    assertThat(answer.sdp())
        .contains("a=group:BUNDLE 0 1\r\n")
        .contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel");
  }

  @ParameterizedTest
  @CsvSource({"RTP/SAVPF", "UDP/TLS/RTP/SAVP", "TCP/DTLS/RTP/SAVPF"})
  void profile_mayBeNamedInOtherWays_andIsRepeated(String profile) throws Exception {
    Answer answer = answer(Offers.browser().replace("UDP/TLS/RTP/SAVPF", profile));

    assertThat(answer.sdp()).contains("m=video 8189 " + profile + " 96");
  }

  /** RFC 8122 §5: one that is known is enough, wherever it stands. */
  @Test
  void fingerprints_ofSeveralAlgorithms_theTrustedOneCounts() throws Exception {
    String old = "a=fingerprint:SHA-1 0A:0B:0C\r\n";
    String offer = Offers.browser();
    String before = offer.replace("a=fingerprint:", old + "a=fingerprint:");
    String behind = offer.replace("a=setup:", old + "a=setup:");

    assertThat(List.of(answer(before), answer(behind)))
        .allSatisfy(answer -> assertThat(answer.expected().toValue()).startsWith("sha-256 6D:80"));
  }

  @ParameterizedTest
  @CsvSource({
    "a=rtcp-mux, a=x, MALFORMED",
    "a=ice-pwd, a=x, MALFORMED",
    "a=fingerprint:sha-256, a=fingerprint:md5, UNSUPPORTED",
    "UDP/TLS/RTP/SAVPF, RTP/AVP, MALFORMED",
    "a=sendonly, a=recvonly, UNSUPPORTED"
  })
  void offerThatCannotBeUsed_isRefused(String what, String by, WebRtcException.Kind kind) {
    assertThatThrownBy(() -> answer(Offers.browser().replace(what, by)))
        .isInstanceOfSatisfying(WebRtcException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void fragment_ofAClient_isRead() throws Exception {
    SdpFragment fragment =
        SdpFragment.parse(
            "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 RTP/AVP 0\r\n"
                + "a=mid:0\r\na=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host\r\n"
                + "a=end-of-candidates\r\n");

    assertThat(fragment.ufrag()).isEqualTo("EsAw");
    assertThat(fragment.candidates()).isEqualTo(1);
  }
}
