package io.rostrum.media.aac;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;

/** program_config_element(), ISO/IEC 14496-3:2019 §4.4.1.1: a channel layout spelled out. */
final class ProgramConfigElement {

  private ProgramConfigElement() {}

  /** Reads the element to its end and counts its channels. */
  static int readChannels(BitReader bits) throws MalformedMediaException {
    bits.skip(10); // element_instance_tag, object_type, sampling_frequency_index
    int front = bits.intBits(4);
    int side = bits.intBits(4);
    int back = bits.intBits(4);
    int lowFrequency = bits.intBits(2);
    int associatedData = bits.intBits(3);
    int coupling = bits.intBits(4);
    skipIfPresent(bits, 4); // mono_mixdown
    skipIfPresent(bits, 4); // stereo_mixdown
    skipIfPresent(bits, 3); // matrix_mixdown
    int channels = lowFrequency;
    for (int i = 0; i < front + side + back; i++) {
      channels += bits.flag() ? 2 : 1;
      bits.skip(4);
    }
    bits.skip(4 * lowFrequency + 4 * associatedData + 5 * coupling);
    bits.alignToByte();
    bits.skip(8 * bits.intBits(8)); // comment_field_data
    if (channels == 0) {
      throw bits.malformed("program config element without channels");
    }
    return channels;
  }

  private static void skipIfPresent(BitReader bits, int count) throws MalformedMediaException {
    if (bits.flag()) {
      bits.skip(count);
    }
  }
}
