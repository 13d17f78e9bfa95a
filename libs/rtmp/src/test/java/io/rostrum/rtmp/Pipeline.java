package io.rostrum.rtmp;

import io.rostrum.rtmp.chunk.ChunkReader;
import io.rostrum.rtmp.chunk.ChunkWriter;
import io.rostrum.rtmp.flv.AudioTag;
import io.rostrum.rtmp.flv.VideoTag;
import io.rostrum.rtmp.handshake.ServerHandshake;
import io.rostrum.rtmp.message.Message;
import io.rostrum.rtmp.message.MessageReader;
import io.rostrum.rtmp.message.MessageWriter;
import io.rostrum.rtmp.message.RawMessage;
import java.nio.ByteBuffer;
import java.util.Random;

/** Every stage behind the other, as a server uses them. What could be read is written again. */
final class Pipeline {

  private final ServerHandshake handshake;
  final ChunkReader chunks;
  private final MessageReader messages;
  private final ChunkWriter writer = new ChunkWriter();
  int messagesRead;

  Pipeline(RtmpLimits limits, boolean withHandshake) {
    handshake = withHandshake ? new ServerHandshake(new Random(0)) : null;
    chunks = new ChunkReader(limits);
    messages = new MessageReader(limits);
  }

  void receive(byte[] wire, int from, int length) {
    ByteBuffer in = ByteBuffer.wrap(wire, from, length);
    if (handshake != null && !handshake.isDone()) {
      handshake.receive(in);
    }
    if (handshake == null || handshake.isDone()) {
      chunks.receive(in, this::read);
    }
  }

  private void read(RawMessage raw) {
    messages.read(
        raw,
        message -> {
          messagesRead++;
          if (message instanceof Message.Video video) {
            VideoTag.read(video.payload()).forEach(packet -> packet.data());
          } else if (message instanceof Message.Audio audio) {
            AudioTag.read(audio.payload()).forEach(packet -> packet.data());
          }
          if (!(message instanceof Message.Unknown) && !(message instanceof Message.SetChunkSize)) {
            writer.write(MessageWriter.write(message));
          }
        });
  }
}
