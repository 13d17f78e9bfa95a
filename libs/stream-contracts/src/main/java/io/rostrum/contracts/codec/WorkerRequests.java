package io.rostrum.contracts.codec;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes {@link WorkerRequest}s as frames. */
public final class WorkerRequests {
  private static final int CONFIGURE = 1;
  private static final int BEGIN_SEGMENT = 2;
  private static final int SAMPLE = 3;
  private static final int END_SEGMENT = 4;
  private static final int SHUTDOWN = 5;
  private static final int CONFIGURE_AUDIO = 6;
  private static final int BEGIN_AUDIO = 7;
  private static final int AUDIO_SAMPLE = 8;
  private static final int END_AUDIO = 9;
  private static final int CONFIGURE_THUMBNAILS = 10;
  private static final int ABANDON_SEGMENT = 11;

  private WorkerRequests() {}

  /** The parent's side: the worker's standard input. */
  public static final class Writer extends MessageWriter<WorkerRequest> {
    /**
     * @param out closed with this writer
     */
    public Writer(OutputStream out) {
      super(out);
    }

    @Override
    void encode(WorkerRequest request, FrameOutput out) {
      WorkerRequests.encode(request, out);
    }
  }

  /** The worker's side. */
  public static final class Reader extends MessageReader<WorkerRequest> {
    /**
     * @param in closed with this reader
     */
    public Reader(InputStream in) {
      super("request", in);
    }

    @Override
    WorkerRequest decode(int type, FrameInput in) throws WorkerProtocolException {
      return WorkerRequests.decode(type, in);
    }
  }

  private static void encode(WorkerRequest request, FrameOutput out) {
    if (request instanceof WorkerRequest.Sample sample) {
      out.begin(SAMPLE);
      out.i64(sample.ptsTicks());
      out.i64(sample.dtsTicks());
      out.bool(sample.sync());
      out.bytes(sample.data());
    } else if (request instanceof WorkerRequest.BeginSegment begin) {
      out.begin(BEGIN_SEGMENT);
      out.i64(begin.msn());
      out.i64(begin.startPtsTicks());
    } else if (request instanceof WorkerRequest.EndSegment end) {
      out.begin(END_SEGMENT);
      out.i64(end.msn());
      out.i64(end.endPtsTicks());
    } else if (request instanceof WorkerRequest.AbandonSegment abandoned) {
      out.begin(ABANDON_SEGMENT);
      out.i64(abandoned.msn());
    } else if (request instanceof WorkerRequest.Configure configure) {
      out.begin(CONFIGURE);
      configure.input().writeTo(out);
      out.u8(configure.rungs().size());
      configure.rungs().forEach(rung -> rung.writeTo(out));
      configure.limits().writeTo(out);
    } else if (request instanceof WorkerRequest.AudioSample sample) {
      out.begin(AUDIO_SAMPLE);
      out.i64(sample.ptsTicks());
      out.bytes(sample.data());
    } else if (request instanceof WorkerRequest.BeginAudio begin) {
      out.begin(BEGIN_AUDIO);
      out.i64(begin.msn());
      out.i64(begin.startFrameTicks());
    } else if (request instanceof WorkerRequest.EndAudio end) {
      out.begin(END_AUDIO);
      out.i64(end.msn());
      out.i64(end.endFrameTicks());
    } else if (request instanceof WorkerRequest.ConfigureAudio configure) {
      out.begin(CONFIGURE_AUDIO);
      out.bool(configure.input() != null);
      if (configure.input() != null) {
        configure.input().writeTo(out);
      }
      configure.output().writeTo(out);
      configure.limits().writeTo(out);
    } else if (request instanceof WorkerRequest.ConfigureThumbnails thumbnails) {
      out.begin(CONFIGURE_THUMBNAILS);
      out.i32(thumbnails.widthPixels());
      out.i32(thumbnails.intervalMs());
      out.i32(thumbnails.posterWidthPixels());
      out.bool(thumbnails.firstPicture());
    } else {
      out.begin(SHUTDOWN);
    }
  }

  private static WorkerRequest decode(int type, FrameInput in) throws WorkerProtocolException {
    return switch (type) {
      case CONFIGURE -> decodeConfigure(in);
      case BEGIN_SEGMENT -> new WorkerRequest.BeginSegment(in.i64(), in.i64());
      case SAMPLE ->
          new WorkerRequest.Sample(
              in.i64(), in.i64(), in.bool(), in.bytes("sample", WorkerProtocol.MAX_SAMPLE_BYTES));
      case END_SEGMENT -> new WorkerRequest.EndSegment(in.i64(), in.i64());
      case ABANDON_SEGMENT -> new WorkerRequest.AbandonSegment(in.i64());
      case SHUTDOWN -> new WorkerRequest.Shutdown();
      case CONFIGURE_AUDIO ->
          new WorkerRequest.ConfigureAudio(
              in.bool() ? AudioInput.readFrom(in) : null,
              AudioOutput.readFrom(in),
              WorkerLimits.readFrom(in));
      case BEGIN_AUDIO -> new WorkerRequest.BeginAudio(in.i64(), in.i64());
      case AUDIO_SAMPLE ->
          new WorkerRequest.AudioSample(
              in.i64(), in.bytes("sample", WorkerProtocol.MAX_AUDIO_SAMPLE_BYTES));
      case END_AUDIO -> new WorkerRequest.EndAudio(in.i64(), in.i64());
      case CONFIGURE_THUMBNAILS ->
          new WorkerRequest.ConfigureThumbnails(in.i32(), in.i32(), in.i32(), in.bool());
      default -> throw new WorkerProtocolException("unknown request type " + type);
    };
  }

  private static WorkerRequest.Configure decodeConfigure(FrameInput in)
      throws WorkerProtocolException {
    VideoInput input = VideoInput.readFrom(in);
    int count = in.u8();
    if (count > WorkerProtocol.MAX_RUNGS) {
      throw new WorkerProtocolException(
          count + " rungs are over the limit of " + WorkerProtocol.MAX_RUNGS);
    }
    List<Rung> rungs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rungs.add(Rung.readFrom(in));
    }
    return new WorkerRequest.Configure(input, rungs, WorkerLimits.readFrom(in));
  }
}
