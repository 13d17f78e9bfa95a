package io.rostrum.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerProtocolTest {
  private static final Rung RUNG =
      new Rung(
          "720p",
          1280,
          720,
          new FrameRate(30_000, 1001),
          23,
          3000,
          3000,
          60,
          "veryfast",
          "high",
          31);
  private static final List<WorkerRequest> REQUESTS =
      List.of(
          new WorkerRequest.Configure(
              new VideoInput(VideoInput.H264, new byte[] {1, 100, 0, 31}, 1920, 1080, 1000),
              List.of(
                  RUNG, new Rung("Ä", 426, 240, new FrameRate(25, 1), 0, 1, 1, 1, "p", "main", 10)),
              new WorkerLimits(1 << 22, 500, 1 << 26, 60_000)),
          new WorkerRequest.BeginSegment(0, -5),
          new WorkerRequest.Sample(1L << 40, -(1L << 40), true, new byte[] {1, 2, 3}),
          new WorkerRequest.Sample(0, 0, false, new byte[0]),
          new WorkerRequest.EndSegment(Long.MAX_VALUE, 90_000),
          new WorkerRequest.AbandonSegment(1L << 33),
          new WorkerRequest.ConfigureAudio(
              new AudioInput(AudioInput.OPUS, new byte[] {1, 2}, 48_000, 2, 48_000),
              new AudioOutput(44_100, 1, 96),
              WorkerLimits.DEFAULT),
          new WorkerRequest.ConfigureAudio(
              null, new AudioOutput(48_000, 2, 128), WorkerLimits.DEFAULT),
          new WorkerRequest.BeginAudio(3, -1024),
          new WorkerRequest.AudioSample(-960, new byte[] {9}),
          new WorkerRequest.AudioSample(0, new byte[0]),
          new WorkerRequest.EndAudio(3, 1L << 40),
          new WorkerRequest.ConfigureThumbnails(160, 5000, 640, true),
          new WorkerRequest.Shutdown());
  private static final List<WorkerReply> REPLIES =
      List.of(
          new WorkerReply.Ready(WorkerProtocol.VERSION, "libavcodec", "x86 avx2"),
          new WorkerReply.RungReady("720p", new byte[] {1, 2}, 1280, 720),
          new WorkerReply.ConfigureFailed("why"),
          new WorkerReply.Encoded(7, "720p", -3000, -3000, 3000, true, new byte[] {0, 0, 0, 1, 5}),
          new WorkerReply.SegmentDone(7),
          new WorkerReply.SegmentFailed(8, "no frame"),
          new WorkerReply.AudioReady(new byte[] {0x11, (byte) 0x90}),
          new WorkerReply.EncodedAudio(7, -1024, new byte[] {0x21}),
          new WorkerReply.Thumbnail(7, 450_000, new byte[] {(byte) 0xFF, (byte) 0xD8}, new byte[0]),
          new WorkerReply.AudioDone(7),
          new WorkerReply.AudioFailed(8, "no sound"));

  @Test
  void requests_everyType_readAsWritten() throws IOException {
    assertThat(requests(new ByteArrayInputStream(writtenRequests()))).isEqualTo(REQUESTS);
    assertThat(requests(oneByteAtATime(writtenRequests()))).isEqualTo(REQUESTS);
  }

  @Test
  void replies_everyType_readAsWritten() throws IOException {
    assertThat(replies(new ByteArrayInputStream(writtenReplies()))).isEqualTo(REPLIES);
    assertThat(replies(oneByteAtATime(writtenReplies()))).isEqualTo(REPLIES);
  }

  @Test
  void beginSegment_onTheWire_isWhatThePackageSays() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (WorkerRequests.Writer writer = new WorkerRequests.Writer(out)) {
      writer.write(new WorkerRequest.BeginSegment(258, -2));
    }
    assertThat(HexFormat.of().formatHex(out.toByteArray()))
        .isEqualTo("00000011" + "02" + "0000000000000102" + "fffffffffffffffe");
  }

  @Test
  void stream_cutAnywhere_isItsOwnExceptionOrACleanEnd() throws IOException {
    byte[] all = writtenRequests();
    int clean = 0;
    for (int length = 0; length < all.length; length++) {
      byte[] cut = Arrays.copyOf(all, length);
      try {
        requests(new ByteArrayInputStream(cut));
        clean++;
      } catch (WorkerProtocolException expected) {
        assertThat(expected).hasMessageContaining("stream ended");
      }
    }
    assertThat(clean).as("the ends of frames, and nothing").isEqualTo(REQUESTS.size());
  }

  @Test
  void bytes_flippedAnywhere_areReadOrTheirOwnException() throws IOException {
    for (byte[] all : List.of(writtenRequests(), writtenReplies())) {
      for (int seed = 0; seed < 20_000; seed++) {
        Random random = new Random(seed);
        byte[] bad = all.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        }
        try {
          requests(new ByteArrayInputStream(bad));
          replies(new ByteArrayInputStream(bad));
        } catch (WorkerProtocolException expected) {
          assertThat(expected.getMessage()).isNotBlank();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00000000,not within",
    "01000001,not within",
    "ffffffff,not within",
    "0000000163,unknown request type 99",
    "0000000205aa,1 bytes after its last field",
    "0000000102,frame ends inside a field",
    "000000160300000000000000000000000000000000027fffffff,a flag is 0 or 1",
    "000000160300000000000000000000000000000000017fffffff,over the limit",
    "0000001104ffffffffffffffff0000000000000000,msn is -1",
    "0000000501000001ff,over the limit",
    "0000000206" + "02,a flag is 0 or 1",
    "0000000d08" + "0000000000000000" + "00100001,over the limit",
    "0000001109" + "0000000000000000" + "7fffffffffffffff,endFrameTicks is",
    "0000003c" + "06" + "00" + "00001f3f" + "00000001" + "00000060,frame"
  })
  void frame_malformed_saysWhatIsWrong(String hex, String message) {
    assertThatThrownBy(() -> requests(new ByteArrayInputStream(HexFormat.of().parseHex(hex))))
        .isInstanceOf(WorkerProtocolException.class)
        .hasMessageContaining(message);
  }

  @Test
  void length_claimedButNotSent_takesNoMemory() {
    byte[] claim = HexFormat.of().parseHex("00ffffff03");
    // 16 MiB each: kept, they would not fit; allocated and dropped, this would take its time in
    // collections.
    for (int i = 0; i < 2000; i++) {
      assertThatThrownBy(() -> requests(new ByteArrayInputStream(claim)))
          .isInstanceOf(WorkerProtocolException.class);
    }
  }

  @Test
  void reason_tooLong_isCutAndNotRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (WorkerReplies.Writer writer = new WorkerReplies.Writer(out)) {
      writer.write(new WorkerReply.SegmentFailed(1, "x".repeat(100_000)));
    }
    WorkerReply.SegmentFailed read =
        (WorkerReply.SegmentFailed) replies(new ByteArrayInputStream(out.toByteArray())).get(0);
    assertThat(read.reason()).isEqualTo("x".repeat(WorkerProtocol.MAX_TEXT_BYTES));
  }

  @Test
  void rungs_twoOfOneName_areRefused() {
    VideoInput input = new VideoInput(VideoInput.H264, new byte[0], 16, 16, 1000);
    assertThatThrownBy(
            () -> new WorkerRequest.Configure(input, List.of(RUNG, RUNG), WorkerLimits.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] writtenRequests() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (WorkerRequests.Writer writer = new WorkerRequests.Writer(out)) {
      for (WorkerRequest request : REQUESTS) {
        writer.write(request);
      }
    }
    return out.toByteArray();
  }

  private static byte[] writtenReplies() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (WorkerReplies.Writer writer = new WorkerReplies.Writer(out)) {
      for (WorkerReply reply : REPLIES) {
        writer.write(reply);
      }
    }
    return out.toByteArray();
  }

  private static List<WorkerRequest> requests(InputStream in) throws IOException {
    List<WorkerRequest> all = new ArrayList<>();
    try (WorkerRequests.Reader reader = new WorkerRequests.Reader(in)) {
      for (WorkerRequest request = reader.read(); request != null; request = reader.read()) {
        all.add(request);
      }
    }
    return all;
  }

  private static List<WorkerReply> replies(InputStream in) throws IOException {
    List<WorkerReply> all = new ArrayList<>();
    try (WorkerReplies.Reader reader = new WorkerReplies.Reader(in)) {
      for (WorkerReply reply = reader.read(); reply != null; reply = reader.read()) {
        all.add(reply);
      }
    }
    return all;
  }

  private static InputStream oneByteAtATime(byte[] bytes) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, 1));
      }
    };
  }
}
