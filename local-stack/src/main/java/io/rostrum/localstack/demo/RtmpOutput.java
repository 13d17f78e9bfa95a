package io.rostrum.localstack.demo;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_FLUSH_PACKETS;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;

/** One RTMP connection of the publisher, by libavformat. For one thread. */
final class RtmpOutput implements AutoCloseable {

  /** A dead peer is noticed after this. */
  private static final String IO_TIMEOUT_US = "5000000";

  private final AVFormatContext format;
  private final Encoder[] encoders;
  private boolean headerWritten;
  private boolean broken;

  private RtmpOutput(AVFormatContext format, Encoder[] encoders) {
    this.format = format;
    this.encoders = encoders;
  }

  /**
   * Connects, and begins to publish.
   *
   * @param url with the stream key as its last segment
   * @throws LibavException if there is nobody, or the key is refused
   */
  static RtmpOutput open(String url, Encoder... encoders) throws LibavException {
    AVFormatContext format = new AVFormatContext((Pointer) null);
    LibavException.check(
        "FLV muxer", avformat_alloc_output_context2(format, null, "flv", (String) null));
    RtmpOutput output = new RtmpOutput(format, encoders);
    try {
      output.connect(url);
      return output;
    } catch (LibavException e) {
      output.close();
      throw e;
    }
  }

  private void connect(String url) throws LibavException {
    for (Encoder encoder : encoders) {
      AVStream stream = avformat_new_stream(format, null);
      stream.time_base(encoder.context().time_base());
      LibavException.check(
          "stream", avcodec_parameters_from_context(stream.codecpar(), encoder.context()));
    }
    format.flags(format.flags() | AVFMT_FLAG_FLUSH_PACKETS);
    AVDictionary options = new AVDictionary((Pointer) null);
    av_dict_set(options, "rw_timeout", IO_TIMEOUT_US, 0);
    AVIOContext io = new AVIOContext((Pointer) null);
    int opened = avio_open2(io, url, AVIO_FLAG_WRITE, null, options);
    av_dict_free(options);
    LibavException.check("connect", opened);
    format.pb(io);
    AVDictionary muxing = new AVDictionary((Pointer) null);
    av_dict_set(muxing, "flvflags", "no_duration_filesize", 0);
    int written = avformat_write_header(format, muxing);
    av_dict_free(muxing);
    LibavException.check("begin", written);
    headerWritten = true;
  }

  /** Sends a packet of one of the encoders. */
  void write(AVPacket packet, Encoder from) throws LibavException {
    int index = 0;
    while (encoders[index] != from) {
      index++;
    }
    AVStream stream = format.streams(index);
    av_packet_rescale_ts(packet, from.context().time_base(), stream.time_base());
    packet.stream_index(index);
    int result = av_interleaved_write_frame(format, packet);
    broken = broken || result < 0;
    LibavException.check("send", result);
  }

  /** Says goodbye if the connection still stands. */
  @Override
  public void close() {
    if (headerWritten && !broken) {
      av_write_trailer(format);
    }
    if (format.pb() != null && !format.pb().isNull()) {
      AVIOContext io = format.pb();
      avio_closep(io);
      format.pb(null);
    }
    avformat_free_context(format);
  }
}
