package io.rostrum.benchmarks.encoding;

import io.rostrum.contracts.codec.AudioInput;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.rtmp.flv.AudioPacket;
import io.rostrum.rtmp.flv.AudioTag;
import io.rostrum.rtmp.flv.PacketKind;
import io.rostrum.rtmp.flv.VideoPacket;
import io.rostrum.rtmp.flv.VideoTag;
import io.rostrum.rtmp.message.MessageType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A talk as an encoder at the lectern sends it: slides that stand still and change, somebody who
 * moves in a corner of the picture, a line of text that runs along the bottom, the noise of a
 * camera over all, and a voice's rhythm. The same bytes each time it is made.
 *
 * @param video what the pictures are coded in
 * @param samples pictures, in decoding order
 * @param audio what the sound is coded in
 * @param frames of sound, one behind the other from time 0
 */
record Talk(
    VideoInput video, List<WorkerRequest.Sample> samples, AudioInput audio, List<byte[]> frames) {
  static final int WIDTH = 1920;
  static final int HEIGHT = 1080;
  static final int FRAMES_PER_SECOND = 30;
  static final int SAMPLE_RATE = 48_000;
  private static final int TICKS_PER_MS = 90;
  private static final int FLV_HEADER_BYTES = 9;
  private static final int TAG_TAIL_BYTES = 4;
  private static final int TAG_HEADER_BYTES = 11;

  private static final String SLIDES = "testsrc2=size=1920x1080:rate=1/4,fps=30,eq=saturation=0.6";
  private static final String SPEAKER =
      "mandelbrot=size=640x640:rate=30:maxiter=512:end_scale=0.01:end_pts=900";
  private static final String TICKER = "testsrc2=size=1920x96:rate=30,scroll=h=0.004";
  private static final String VOICE = "sine=frequency=220:sample_rate=48000,tremolo=f=5:d=0.7";
  private static final String TOGETHER =
      "[0][1]overlay=x='1180+40*sin(t*1.3)':y='300+25*sin(t*2.1)'[a];"
          + "[a][2]overlay=y=980,noise=alls=8:allf=t:all_seed=7,format=yuv420p";

  /** Makes the file: 1080p30 of 4.5 Mb/s with B-frames and a keyframe every 2 s, and AAC. */
  static void make(Path file, int seconds) throws IOException, InterruptedException {
    make(file, seconds, "", "4500k");
  }

  /** The same in 480x270 and 0.5 Mb/s. */
  static void makeSmall(Path file, int seconds) throws IOException, InterruptedException {
    make(file, seconds, ",scale=480:270", "500k");
  }

  private static void make(Path file, int seconds, String scaling, String bitrate)
      throws IOException, InterruptedException {
    Path ffmpeg = Ffmpeg.program();
    List<String> command = new ArrayList<>(List.of(ffmpeg.toString()));
    command.addAll(List.of("-nostdin", "-v", "error", "-y", "-filter_complex_threads", "1"));
    for (String input : List.of(SLIDES, SPEAKER, TICKER, VOICE)) {
      command.addAll(List.of("-f", "lavfi", "-i", input));
    }
    command.addAll(
        List.of("-filter_complex", TOGETHER + scaling + "[v]", "-map", "[v]", "-map", "3"));
    command.addAll(List.of("-t", Integer.toString(seconds), "-c:v", "libx264", "-threads", "1"));
    command.addAll(List.of("-preset", "veryfast", "-profile:v", "high", "-bf", "2"));
    command.addAll(List.of("-g", "60", "-keyint_min", "60", "-sc_threshold", "0"));
    command.addAll(List.of("-b:v", bitrate, "-maxrate", bitrate, "-bufsize", bitrate));
    command.addAll(List.of("-c:a", "aac", "-b:a", "160k", "-ac", "2"));
    command.addAll(List.of("-flags", "+bitexact", "-fflags", "+bitexact", "-f", "flv"));
    command.add(file.toString());
    try (TimedProgram program = TimedProgram.start(command, ffmpeg.getParent())) {
      program.cpuSeconds();
    }
  }

  /** Reads an FLV file (Adobe Flash Video File Format 10.1, annex E). */
  static Talk read(Path flv) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(flv));
    file.position(FLV_HEADER_BYTES + TAG_TAIL_BYTES);
    byte[] avcC = null;
    byte[] audioConfig = null;
    List<WorkerRequest.Sample> samples = new ArrayList<>();
    List<byte[]> frames = new ArrayList<>();
    while (file.remaining() > TAG_HEADER_BYTES) {
      int type = file.get() & 0xFF;
      byte[] body = new byte[(file.getShort() & 0xFFFF) << 8 | file.get() & 0xFF];
      long dtsMs = (file.getShort() & 0xFFFFL) << 8 | file.get() & 0xFF;
      dtsMs |= (file.get() & 0xFFL) << 24;
      file.position(file.position() + 3);
      file.get(body);
      file.position(file.position() + TAG_TAIL_BYTES);
      if (type == MessageType.VIDEO) {
        for (VideoPacket packet : VideoTag.read(body)) {
          if (packet.kind() == PacketKind.SEQUENCE_START) {
            avcC = packet.data();
          } else if (packet.kind() == PacketKind.CODED_FRAMES) {
            samples.add(
                new WorkerRequest.Sample(
                    (dtsMs + packet.compositionTimeMs()) * TICKS_PER_MS,
                    dtsMs * TICKS_PER_MS,
                    packet.keyframe(),
                    packet.data()));
          }
        }
      } else if (type == MessageType.AUDIO) {
        for (AudioPacket packet : AudioTag.read(body)) {
          if (packet.kind() == PacketKind.SEQUENCE_START) {
            audioConfig = packet.data();
          } else if (packet.kind() == PacketKind.CODED_FRAMES) {
            frames.add(packet.data());
          }
        }
      }
    }
    if (avcC == null || audioConfig == null) {
      throw new IOException("no H.264 with AAC in the clip " + flv);
    }
    return new Talk(
        new VideoInput(VideoInput.H264, avcC, WIDTH, HEIGHT, TICKS_PER_MS * 1000),
        List.copyOf(samples),
        new AudioInput(AudioInput.AAC, audioConfig, SAMPLE_RATE, 2, SAMPLE_RATE),
        List.copyOf(frames));
  }

  /** How long a picture is shown, in ticks. */
  static int frameTicks() {
    return TICKS_PER_MS * 1000 / FRAMES_PER_SECOND;
  }

  double seconds() {
    return samples.size() / (double) FRAMES_PER_SECOND;
  }
}
