package io.rostrum.ingest.whip;

import io.rostrum.webrtc.dtls.Fingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What is published in a rehearsal: 3 s of pictures and sound that say nothing. */
enum RehearsedMedia {
  /** As browsers send it. */
  VP8("VP8/90000", "") {
    @Override
    List<byte[]> picture(boolean key) {
      // RFC 7741 §4.2: a picture starts. RFC 6386 §9.1: its tag, and the size of a key frame.
      String tag = key ? "10 00 00 00 9D 01 2A 00 05 D0 02" : "10 01 00 00";
      return List.of(payload(tag), payload("00"), payload("00"));
    }
  },

  /** As OBS, Safari and ffmpeg send it. */
  H264("H264/90000", "a=fmtp:96 profile-level-id=42e01f;packetization-mode=1\r\n") {
    @Override
    List<byte[]> picture(boolean key) {
      List<byte[]> payloads = new ArrayList<>();
      if (key) {
        // RFC 6184 §5.7.1: parameter sets of 1280x720 in one packet.
        payloads.add(hex("78 000F 6742C01F8C6805005BB0101E1108D4 0004 68CE3C80"));
      }
      // §5.8: one slice in three pieces.
      String unit = key ? "7C %s5" : "5C %s1";
      payloads.add(payload(unit.formatted("8")));
      payloads.add(payload(unit.formatted("0")));
      payloads.add(payload(unit.formatted("4")));
      return payloads;
    }
  };

  private static final int SECONDS = 3;
  private static final int PICTURES_PER_SECOND = 30;
  private static final int SOUNDS_PER_SECOND = 50;
  private static final int KEY_EVERY = 45;
  private static final int PAYLOAD_BYTES = 1_000;
  private static final int VIDEO_TYPE = 96;
  private static final int AUDIO_TYPE = 111;

  private final String format;
  private final String parameters;

  RehearsedMedia(String format, String parameters) {
    this.format = format;
    this.parameters = parameters;
  }

  /** The payloads of one picture's packets. */
  abstract List<byte[]> picture(boolean key);

  /** Pictures and frames of sound in all. */
  int frames() {
    return SECONDS * (PICTURES_PER_SECOND + SOUNDS_PER_SECOND);
  }

  String offer(Fingerprint fingerprint) {
    String transport =
        """
        c=IN IP4 0.0.0.0
        a=ice-ufrag:abcd
        a=ice-pwd:rehearsalrehearsalrehearsal
        a=fingerprint:%s
        a=setup:actpass
        a=mid:%d
        a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
        a=sendonly
        a=rtcp-mux
        """;
    String value = fingerprint.toValue();
    String text =
        """
        v=0
        o=- 1 1 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        %sa=rtpmap:111 opus/48000/2
        m=video 9 UDP/TLS/RTP/SAVPF 96
        %sa=rtpmap:96 %s
        a=rtcp-fb:96 nack
        a=rtcp-fb:96 nack pli
        a=rtcp-fb:96 transport-cc
        """
            .formatted(transport.formatted(value, 0), transport.formatted(value, 1), format);
    return text.replace("\n", "\r\n") + parameters;
  }

  /** All RTP packets in the order of their times. */
  List<byte[]> packets() {
    List<byte[]> packets = new ArrayList<>();
    byte[] sound = new byte[80];
    sound[0] = (byte) 0xFC; // RFC 6716 §3.1: 20 ms, stereo, one frame
    int sequence = 0;
    int sounds = 0;
    int wide = 0;
    for (int i = 0; i < SECONDS * PICTURES_PER_SECOND; i++) {
      for (; sounds * PICTURES_PER_SECOND <= i * SOUNDS_PER_SECOND; sounds++) {
        packets.add(rtp(AUDIO_TYPE, true, sounds, sounds * 960, ++wide, sound));
      }
      List<byte[]> payloads = picture(i % KEY_EVERY == 0);
      for (int j = 0; j < payloads.size(); j++) {
        boolean last = j == payloads.size() - 1;
        packets.add(rtp(VIDEO_TYPE, last, sequence++, i * 3_000, ++wide, payloads.get(j)));
      }
    }
    for (; sounds < SECONDS * SOUNDS_PER_SECOND; sounds++) {
      packets.add(rtp(AUDIO_TYPE, true, sounds, sounds * 960, ++wide, sound));
    }
    return packets;
  }

  /** Whether a frame is whole with a packet: its marker, in sound of every packet. */
  static boolean endsFrame(byte[] packet) {
    return (packet[1] & 0x80) != 0;
  }

  /** RFC 3550 §5.1, with one header extension (RFC 8285 §4.2). */
  private static byte[] rtp(
      int type, boolean marker, int sequence, int timestamp, int wide, byte[] payload) {
    return ByteBuffer.allocate(20 + payload.length)
        .put((byte) 0x90)
        .put((byte) (type | (marker ? 0x80 : 0)))
        .putShort((short) sequence)
        .putInt(timestamp)
        .putInt(type)
        .putShort((short) 0xBEDE)
        .putShort((short) 1)
        .put((byte) 0x31)
        .putShort((short) wide)
        .put((byte) 0)
        .put(payload)
        .array();
  }

  private static byte[] payload(String start) {
    return ByteBuffer.allocate(PAYLOAD_BYTES).put(hex(start)).array();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
