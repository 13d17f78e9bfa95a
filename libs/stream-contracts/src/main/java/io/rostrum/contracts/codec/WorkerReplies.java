package io.rostrum.contracts.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads and writes {@link WorkerReply}s as frames. */
public final class WorkerReplies {
  private static final int READY = 1;
  private static final int RUNG_READY = 2;
  private static final int CONFIGURE_FAILED = 3;
  private static final int ENCODED = 4;
  private static final int SEGMENT_DONE = 5;
  private static final int SEGMENT_FAILED = 6;
  private static final int AUDIO_READY = 7;
  private static final int ENCODED_AUDIO = 8;
  private static final int AUDIO_DONE = 9;
  private static final int AUDIO_FAILED = 10;
  private static final int THUMBNAIL = 11;

  private WorkerReplies() {}

  /** The worker's side: its standard output. */
  public static final class Writer extends MessageWriter<WorkerReply> {
    /**
     * @param out closed with this writer
     */
    public Writer(OutputStream out) {
      super(out);
    }

    /**
     * Writes a reply and sends it at once: a viewer waits for it. Blocks while the parent does not
     * read.
     */
    @Override
    public synchronized void write(WorkerReply reply) throws IOException {
      super.write(reply);
      flush();
    }

    @Override
    void encode(WorkerReply reply, FrameOutput out) {
      WorkerReplies.encode(reply, out);
    }
  }

  /** The parent's side. */
  public static final class Reader extends MessageReader<WorkerReply> {
    /**
     * @param in closed with this reader
     */
    public Reader(InputStream in) {
      super("reply", in);
    }

    @Override
    WorkerReply decode(int type, FrameInput in) throws WorkerProtocolException {
      return WorkerReplies.decode(type, in);
    }
  }

  private static void encode(WorkerReply reply, FrameOutput out) {
    if (reply instanceof WorkerReply.Encoded encoded) {
      out.begin(ENCODED);
      out.i64(encoded.msn());
      out.name(encoded.rung());
      out.i64(encoded.dtsTicks());
      out.i64(encoded.ptsTicks());
      out.i32(encoded.durationTicks());
      out.bool(encoded.sync());
      out.bytes(encoded.data());
    } else if (reply instanceof WorkerReply.EncodedAudio encoded) {
      out.begin(ENCODED_AUDIO);
      out.i64(encoded.msn());
      out.i64(encoded.ptsTicks());
      out.bytes(encoded.data());
    } else if (reply instanceof WorkerReply.Thumbnail thumbnail) {
      out.begin(THUMBNAIL);
      out.i64(thumbnail.msn());
      out.i64(thumbnail.ptsTicks());
      out.bytes(thumbnail.jpeg());
      out.bytes(thumbnail.poster());
    } else if (reply instanceof WorkerReply.AudioDone done) {
      out.begin(AUDIO_DONE);
      out.i64(done.msn());
    } else if (reply instanceof WorkerReply.AudioFailed failed) {
      out.begin(AUDIO_FAILED);
      out.i64(failed.msn());
      out.text(failed.reason());
    } else if (reply instanceof WorkerReply.AudioReady ready) {
      out.begin(AUDIO_READY);
      out.bytes(ready.decoderConfig());
    } else if (reply instanceof WorkerReply.SegmentDone done) {
      out.begin(SEGMENT_DONE);
      out.i64(done.msn());
    } else if (reply instanceof WorkerReply.SegmentFailed failed) {
      out.begin(SEGMENT_FAILED);
      out.i64(failed.msn());
      out.text(failed.reason());
    } else if (reply instanceof WorkerReply.RungReady ready) {
      out.begin(RUNG_READY);
      out.name(ready.rung());
      out.bytes(ready.decoderConfig());
      out.i32(ready.width());
      out.i32(ready.height());
    } else if (reply instanceof WorkerReply.ConfigureFailed failed) {
      out.begin(CONFIGURE_FAILED);
      out.text(failed.reason());
    } else if (reply instanceof WorkerReply.Ready ready) {
      out.begin(READY);
      out.i32(ready.protocolVersion());
      out.text(ready.build());
      out.text(ready.cpuFeatures());
    }
  }

  private static WorkerReply decode(int type, FrameInput in) throws WorkerProtocolException {
    return switch (type) {
      case READY -> new WorkerReply.Ready(in.i32(), in.text("build"), in.text("cpuFeatures"));
      case RUNG_READY ->
          new WorkerReply.RungReady(
              in.name("rung"),
              in.bytes("decoder configuration", WorkerProtocol.MAX_DECODER_CONFIG_BYTES),
              in.i32(),
              in.i32());
      case CONFIGURE_FAILED -> new WorkerReply.ConfigureFailed(in.text("reason"));
      case ENCODED ->
          new WorkerReply.Encoded(
              in.i64(),
              in.name("rung"),
              in.i64(),
              in.i64(),
              in.i32(),
              in.bool(),
              in.bytes("frame", WorkerProtocol.MAX_SAMPLE_BYTES));
      case SEGMENT_DONE -> new WorkerReply.SegmentDone(in.i64());
      case SEGMENT_FAILED -> new WorkerReply.SegmentFailed(in.i64(), in.text("reason"));
      case AUDIO_READY ->
          new WorkerReply.AudioReady(
              in.bytes("decoder configuration", WorkerProtocol.MAX_DECODER_CONFIG_BYTES));
      case ENCODED_AUDIO ->
          new WorkerReply.EncodedAudio(
              in.i64(), in.i64(), in.bytes("frame", WorkerProtocol.MAX_AUDIO_SAMPLE_BYTES));
      case AUDIO_DONE -> new WorkerReply.AudioDone(in.i64());
      case AUDIO_FAILED -> new WorkerReply.AudioFailed(in.i64(), in.text("reason"));
      case THUMBNAIL ->
          new WorkerReply.Thumbnail(
              in.i64(),
              in.i64(),
              in.bytes("thumbnail", WorkerProtocol.MAX_THUMBNAIL_BYTES),
              in.bytes("poster", WorkerProtocol.MAX_THUMBNAIL_BYTES));
      default -> throw new WorkerProtocolException("unknown reply type " + type);
    };
  }
}
