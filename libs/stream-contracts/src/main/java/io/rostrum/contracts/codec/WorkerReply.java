package io.rostrum.contracts.codec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * What a codec worker answers. Times of video are in {@link WorkerProtocol#OUTPUT_TIMESCALE}, those
 * of audio in the output's sample rate, both on the requests' clock.
 */
public sealed interface WorkerReply {

  /**
   * The worker is up and its libraries are loaded; the first reply, unasked for.
   *
   * @param protocolVersion {@link WorkerProtocol#VERSION} as the worker was built
   * @param build library versions, the encoder and the build's licence: with {@code cpuFeatures} it
   *     names what the same bytes can be expected of
   * @param cpuFeatures the instruction sets that the libraries use on this machine
   */
  record Ready(int protocolVersion, String build, String cpuFeatures) implements WorkerReply {
    public Ready {
      Objects.requireNonNull(build, "build");
      Objects.requireNonNull(cpuFeatures, "cpuFeatures");
    }
  }

  /**
   * A rung can be encoded. Every fresh encoder of the rung has this same configuration, or its
   * segment fails.
   *
   * @param rung the rung's name
   * @param decoderConfig its avcC, for the sample entry; frames have 4-byte NAL lengths
   * @param width canvas width in pixels
   * @param height canvas height in pixels
   */
  record RungReady(String rung, byte[] decoderConfig, int width, int height)
      implements WorkerReply {
    public RungReady {
      Checks.name("rung", rung);
      Objects.requireNonNull(decoderConfig, "decoderConfig");
      Checks.range(
          "decoderConfig bytes", decoderConfig.length, 1, WorkerProtocol.MAX_DECODER_CONFIG_BYTES);
      Checks.range("width", width, 1, WorkerProtocol.MAX_DIMENSION_PIXELS);
      Checks.range("height", height, 1, WorkerProtocol.MAX_DIMENSION_PIXELS);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof RungReady that
          && rung.equals(that.rung)
          && Arrays.equals(decoderConfig, that.decoderConfig)
          && width == that.width
          && height == that.height;
    }

    @Override
    public int hashCode() {
      return Objects.hash(rung, Arrays.hashCode(decoderConfig), width, height);
    }
  }

  /**
   * The worker cannot do what {@link WorkerRequest.Configure} or {@link
   * WorkerRequest.ConfigureAudio} asked; it stays as it was before, and lives on. Both are answered
   * in their order.
   *
   * @param reason what is wrong, in a form for logs
   */
  record ConfigureFailed(String reason) implements WorkerReply {
    public ConfigureFailed {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * One encoded frame. Per rung in decoding order, which is also presentation order (there are no
   * B-frames); rungs interleave as they come.
   *
   * @param msn the segment's media sequence number
   * @param rung the rung's name
   * @param dtsTicks decoding time
   * @param ptsTicks presentation time
   * @param durationTicks to the next frame's decoding time, or for the segment's last frame to the
   *     segment's end
   * @param sync whether it is an IDR
   * @param data NAL units with 4-byte lengths, without parameter sets
   */
  record Encoded(
      long msn,
      String rung,
      long dtsTicks,
      long ptsTicks,
      int durationTicks,
      boolean sync,
      byte[] data)
      implements WorkerReply {
    public Encoded {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
      Checks.name("rung", rung);
      Checks.range("durationTicks", durationTicks, 1, Integer.MAX_VALUE);
      Objects.requireNonNull(data, "data");
      Checks.range("frame bytes", data.length, 1, WorkerProtocol.MAX_SAMPLE_BYTES);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Encoded that
          && msn == that.msn
          && rung.equals(that.rung)
          && dtsTicks == that.dtsTicks
          && ptsTicks == that.ptsTicks
          && durationTicks == that.durationTicks
          && sync == that.sync
          && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return Objects.hash(
          msn, rung, dtsTicks, ptsTicks, durationTicks, sync, Arrays.hashCode(data));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "Encoded[msn=%d, rung=%s, dtsTicks=%d, ptsTicks=%d, durationTicks=%d, sync=%b, bytes=%d]",
          msn,
          rung,
          dtsTicks,
          ptsTicks,
          durationTicks,
          sync,
          data.length);
    }
  }

  /**
   * A small picture of what is shown: the first one at or behind a multiple of the interval. None
   * comes where nothing new is shown; then the one before still holds. Two segments that meet just
   * there may both have one. Dropped with its segment if that fails.
   *
   * @param msn the segment's media sequence number
   * @param ptsTicks when the picture is shown
   * @param jpeg the picture, baseline JPEG with the tables of ITU-T T.81 Annex K.3, without restart
   *     markers
   * @param poster its larger form; empty where none was asked for, and where the picture is almost
   *     of one colour
   */
  record Thumbnail(long msn, long ptsTicks, byte[] jpeg, byte[] poster) implements WorkerReply {
    public Thumbnail {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
      Objects.requireNonNull(jpeg, "jpeg");
      Objects.requireNonNull(poster, "poster");
      Checks.range("jpeg bytes", jpeg.length, 1, WorkerProtocol.MAX_THUMBNAIL_BYTES);
      Checks.range("poster bytes", poster.length, 0, WorkerProtocol.MAX_THUMBNAIL_BYTES);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Thumbnail that
          && msn == that.msn
          && ptsTicks == that.ptsTicks
          && Arrays.equals(jpeg, that.jpeg)
          && Arrays.equals(poster, that.poster);
    }

    @Override
    public int hashCode() {
      return Objects.hash(msn, ptsTicks, Arrays.hashCode(jpeg), Arrays.hashCode(poster));
    }
  }

  /**
   * Every frame of the segment has been sent.
   *
   * @param msn the segment's media sequence number
   */
  record SegmentDone(long msn) implements WorkerReply {
    public SegmentDone {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
    }
  }

  /**
   * The segment has no encoded renditions: drop what was sent of it. No frame of it follows; its
   * remaining samples are ignored, and the worker is ready for the next segment.
   *
   * @param msn the segment's media sequence number
   * @param reason why, in a form for logs and for the GAP's reason
   */
  record SegmentFailed(long msn, String reason) implements WorkerReply {
    public SegmentFailed {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Audio can be encoded. Every fresh encoder has this same configuration, or its segment fails.
   *
   * @param decoderConfig its AudioSpecificConfig, for the sample entry
   */
  record AudioReady(byte[] decoderConfig) implements WorkerReply {
    public AudioReady {
      Objects.requireNonNull(decoderConfig, "decoderConfig");
      Checks.range(
          "decoderConfig bytes", decoderConfig.length, 1, WorkerProtocol.MAX_DECODER_CONFIG_BYTES);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof AudioReady that && Arrays.equals(decoderConfig, that.decoderConfig);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(decoderConfig);
    }
  }

  /**
   * One encoded AAC frame. Each starts where the one before ended: {@link
   * AudioOutput#SAMPLES_PER_FRAME} later, from the segment's {@link
   * WorkerRequest.BeginAudio#startFrameTicks} on. Comes as soon as the source has got about 64 ms
   * past its start, which may be before the segment's end is known: a frame at or behind that end
   * is the next segment's, which will bring it itself.
   *
   * @param msn the segment's media sequence number
   * @param ptsTicks presentation time of what it decodes to, in the output's sample rate
   * @param data the access unit, without ADTS
   */
  record EncodedAudio(long msn, long ptsTicks, byte[] data) implements WorkerReply {
    public EncodedAudio {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
      Objects.requireNonNull(data, "data");
      Checks.range("frame bytes", data.length, 1, WorkerProtocol.MAX_AUDIO_SAMPLE_BYTES);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof EncodedAudio that
          && msn == that.msn
          && ptsTicks == that.ptsTicks
          && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return Objects.hash(msn, ptsTicks, Arrays.hashCode(data));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "EncodedAudio[msn=%d, ptsTicks=%d, bytes=%d]", msn, ptsTicks, data.length);
    }
  }

  /**
   * Every audio frame of the segment up to its end has been sent.
   *
   * @param msn the segment's media sequence number
   */
  record AudioDone(long msn) implements WorkerReply {
    public AudioDone {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
    }
  }

  /**
   * The segment has no encoded audio: drop what was sent of it. The worker is ready for the next.
   *
   * @param msn the segment's media sequence number
   * @param reason why, in a form for logs and for the GAP's reason
   */
  record AudioFailed(long msn, String reason) implements WorkerReply {
    public AudioFailed {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
      Objects.requireNonNull(reason, "reason");
    }
  }
}
