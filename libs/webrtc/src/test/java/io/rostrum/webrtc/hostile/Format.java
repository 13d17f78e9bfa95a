package io.rostrum.webrtc.hostile;

import io.rostrum.webrtc.Hex;
import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.dtls.DtlsIdentity;
import io.rostrum.webrtc.dtls.Fingerprint;
import io.rostrum.webrtc.ice.IceCredentials;
import io.rostrum.webrtc.ice.StunMessage;
import io.rostrum.webrtc.payload.Codec;
import io.rostrum.webrtc.payload.Depacketizer;
import io.rostrum.webrtc.payload.Packets;
import io.rostrum.webrtc.rtcp.RtcpReader;
import io.rostrum.webrtc.rtp.RtpPacket;
import io.rostrum.webrtc.sdp.Answerer;
import io.rostrum.webrtc.sdp.Candidate;
import io.rostrum.webrtc.sdp.Offers;
import io.rostrum.webrtc.sdp.SdpFragment;
import io.rostrum.webrtc.sdp.SessionDescription;
import io.rostrum.webrtc.srtp.SrtpKeys;
import io.rostrum.webrtc.srtp.SrtpProfile;
import io.rostrum.webrtc.srtp.SrtpReceiver;
import io.rostrum.webrtc.srtp.SrtpSender;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** What a stranger can send, each with good bytes to begin with and what reads them. */
enum Format {
  STUN {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Hex.bytes(
              "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
                  + "002400046e0001ff80290008932ff9b151263b36000600096576746a3a6836765920202000080014"
                  + "9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf"),
          Hex.bytes("000100082112a442b7e7a701bc34d686fa87dfae" + "0006 0004 61626364"));
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      StunMessage message = StunMessage.parse(bytes);
      message.isSignedWith("VOkJxbRl1RmTxUk/WvJxBt");
      message.username();
    }
  },
  RTP {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Hex.bytes("9060 1234 00010000 00000007 BEDE0002 10 61 22 010203 00 00 AABBCC"),
          Hex.bytes("9060 1234 00010000 00000007 10000002 0101FF 0203010203 AABBCC"),
          Hex.bytes("B261 1234 00010000 00000007 00000001 00000002 BEDE0001 10610000 AABB 000003"));
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      RtpPacket packet = RtpPacket.parse(bytes);
      packet.original(96, 7);
      packet.payload();
    }
  },
  RTCP {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Hex.bytes(
              "80C80006 00000007 0102030405060708 00010000 00000010 00001000"
                  + "81CA0003 00000007 0102 6162 00000000 81CB0001 00000007"),
          Hex.bytes("8FCD0005 00000001 00000007 00010002 00000000 20021010"));
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      RtcpReader.read(bytes);
    }
  },
  SRTP {
    @Override
    List<byte[]> seeds() {
      try {
        return List.of(new SrtpSender(KEYS).sealRtp(RTP.seeds().get(0)));
      } catch (WebRtcException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      new SrtpReceiver(KEYS).openRtp(bytes);
    }
  },
  SRTCP {
    @Override
    List<byte[]> seeds() {
      return List.of(new SrtpSender(KEYS).sealRtcp(RTCP.seeds().get(0)));
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      new SrtpReceiver(KEYS).openRtcp(bytes);
    }
  },
  SDP {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Offers.browser().getBytes(StandardCharsets.UTF_8),
          Offers.libdatachannel().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      SessionDescription offer =
          SessionDescription.parse(new String(bytes, StandardCharsets.UTF_8));
      new Answerer(FINGERPRINT, List.of(new Candidate("192.0.2.1", 1, 1)), 2_500)
          .answer(offer, LOCAL, 1);
    }
  },
  FRAGMENT {
    @Override
    List<byte[]> seeds() {
      return List.of(
          "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n"
              .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      SdpFragment.parse(new String(bytes, StandardCharsets.UTF_8));
    }
  },
  H264 {
    @Override
    List<byte[]> seeds() {
      return payloads("78000467 42C01E0003 6588AA", "7C85AABB", "7C45AABB", "6588AABBCC");
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      depacketize(Codec.H264, bytes);
    }
  },
  VP8 {
    @Override
    List<byte[]> seeds() {
      return payloads("90E0812307 2050AABB", "1050AABB", "00AABB");
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      depacketize(Codec.VP8, bytes);
    }
  },
  VP9 {
    @Override
    List<byte[]> seeds() {
      return payloads("AA8123 0000 3F 00010002 00030004 02 0401 0802 0382498342", "0C82498342");
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      depacketize(Codec.VP9, bytes);
    }
  },
  AV1 {
    @Override
    List<byte[]> seeds() {
      return payloads("28 02 08AA 32BB", "58 08AA", "90 BB", "08 03 0AAABB 02 3200");
    }

    @Override
    void read(byte[] bytes) throws WebRtcException {
      depacketize(Codec.AV1, bytes);
    }
  };

  private static final SrtpKeys KEYS =
      new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);
  private static final Fingerprint FINGERPRINT =
      DtlsIdentity.generate(new SecureRandom()).fingerprint();
  private static final IceCredentials LOCAL = new IceCredentials("abcd", "0123456789012345678901");

  /** Good input. */
  abstract List<byte[]> seeds();

  abstract void read(byte[] bytes) throws WebRtcException;

  private static List<byte[]> payloads(String... hex) {
    List<byte[]> all = new ArrayList<>();
    for (String payload : hex) {
      all.add(Hex.bytes(payload));
    }
    return all;
  }

  /**
   * Depacketizers raise nothing: what they cannot read is dropped. Nothing coming out counts as
   * refused.
   */
  private static void depacketize(Codec codec, byte[] payload) throws WebRtcException {
    int[] frames = new int[1];
    Depacketizer depacketizer = codec.depacketizer(frame -> frames[0]++);
    depacketizer.begins(Packets.of(1, 1, false, payload));
    depacketizer.receive(Packets.of(1, 1, false, payload));
    depacketizer.receive(Packets.of(2, 1, true, payload));
    depacketizer.receive(Packets.of(3, 2, true, payload));
    if (frames[0] == 0) {
      throw WebRtcException.malformed(codec.name(), "no frame");
    }
  }
}
