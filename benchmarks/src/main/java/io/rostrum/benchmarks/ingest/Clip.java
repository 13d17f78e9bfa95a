package io.rostrum.benchmarks.ingest;

import io.rostrum.rtmp.chunk.ChunkWriter;
import io.rostrum.rtmp.message.MessageType;
import io.rostrum.rtmp.message.RawMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;

/**
 * A stream as it goes over the wire, the same bytes for every publisher, cut into what encoders
 * write to their sockets at a time. OBS, like all that is made of librtmp, writes each chunk by
 * itself; FFmpeg writes even the chunks' headers by themselves (3.7 writes a message for this clip,
 * seen with strace). A server that reads what is there at any moment wakes up accordingly, so whole
 * messages at a time would spare it work that publishers do give it.
 *
 * @param writes in order of time
 */
public record Clip(List<Timed> writes) {
  /** What OBS announces. */
  static final int CHUNK_BYTES = 4096;

  private static final int FLV_HEADER_BYTES = 9;
  private static final int TAG_HEADER_BYTES = 11;
  private static final int VIDEO_STREAM = 6;
  private static final int AUDIO_STREAM = 4;

  /**
   * @param timestampMs when it is due
   * @param video whether it is of the video track
   * @param frame whether it is of an access unit, not of what configures a decoder
   * @param bytes a chunk
   */
  public record Timed(long timestampMs, boolean video, boolean frame, ByteBuffer bytes) {}

  /** The timestamp of the last write. */
  public long durationMs() {
    return writes.get(writes.size() - 1).timestampMs();
  }

  /** Makes a file with H.264 of 1280x720 at 30 frames/s and AAC, 2.5 Mb/s together. */
  public static void make(Path file, int seconds) throws IOException, InterruptedException {
    Path ffmpeg = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    String command =
        ffmpeg
            + " -nostdin -v error -y -f lavfi -i testsrc2=size=1280x720:rate=30,noise=alls=12:allf=t"
            + " -f lavfi -i sine=frequency=440:sample_rate=48000 -t "
            + seconds
            + " -c:v libx264 -preset ultrafast -tune zerolatency -g 60 -keyint_min 60 -b:v 2370k"
            + " -minrate 2370k -maxrate 2370k -bufsize 2370k -nal-hrd cbr -pix_fmt yuv420p"
            + " -c:a aac -b:a 128k -ac 2 -f flv "
            + file;
    ProcessBuilder builder = new ProcessBuilder(command.split(" ")).inheritIO();
    // Some of its libraries lie beside it, and are named without a path.
    builder.environment().put("LD_LIBRARY_PATH", ffmpeg.getParent().toString());
    Process process = builder.start();
    if (!process.waitFor(300, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("the clip could not be made: " + command);
    }
  }

  /** Reads an FLV file (Adobe Flash Video File Format 10.1, annex E). */
  public static Clip read(Path flv) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(flv));
    file.position(FLV_HEADER_BYTES + 4);
    ChunkWriter writer = new ChunkWriter();
    writer.write(
        new RawMessage(
            2,
            MessageType.SET_CHUNK_SIZE,
            0,
            0,
            ByteBuffer.allocate(4).putInt(CHUNK_BYTES).array()));
    List<Timed> writes = new ArrayList<>();
    while (file.remaining() > TAG_HEADER_BYTES) {
      int type = file.get() & 0xFF;
      int size = (file.getShort() & 0xFFFF) << 8 | file.get() & 0xFF;
      long low = (file.getShort() & 0xFFFFL) << 8 | file.get() & 0xFF;
      long timestampMs = (file.get() & 0xFFL) << 24 | low;
      file.position(file.position() + 3);
      byte[] payload = new byte[size];
      file.get(payload);
      file.position(file.position() + 4);
      if (type == MessageType.VIDEO || type == MessageType.AUDIO) {
        int stream = type == MessageType.VIDEO ? VIDEO_STREAM : AUDIO_STREAM;
        byte[] bytes = writer.write(new RawMessage(stream, type, 1, timestampMs, payload));
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        boolean video = type == MessageType.VIDEO;
        // Both AVC and AAC: 0 in the second byte is a sequence header, 1 a frame.
        boolean frame = size > 1 && payload[1] == 1;
        chunks(direct.asReadOnlyBuffer(), size)
            .forEach(chunk -> writes.add(new Timed(timestampMs, video, frame, chunk)));
      }
    }
    return new Clip(List.copyOf(writes));
  }

  /** One buffer for each chunk; all but the first have a header of one byte (RTMP 1.0 §5.3.1.2). */
  private static List<ByteBuffer> chunks(ByteBuffer message, int payloadBytes) {
    int further = Math.max(0, payloadBytes - 1) / CHUNK_BYTES;
    int firstHeader = message.remaining() - payloadBytes - further;
    List<ByteBuffer> chunks = new ArrayList<>(1 + further);
    int at = 0;
    int end = firstHeader + Math.min(CHUNK_BYTES, payloadBytes);
    for (int i = 0; i <= further; i++) {
      chunks.add(message.slice(at, end - at));
      at = end;
      end = Math.min(message.limit(), end + 1 + CHUNK_BYTES);
    }
    return chunks;
  }
}
