package io.rostrum.media.cmaf;

import java.nio.charset.StandardCharsets;

/** Box types and brands as numbers: four characters, the first in the highest byte. */
final class FourCc {

  static final int FTYP = of("ftyp");
  static final int MOOV = of("moov");
  static final int MVHD = of("mvhd");
  static final int TRAK = of("trak");
  static final int TKHD = of("tkhd");
  static final int MDIA = of("mdia");
  static final int MDHD = of("mdhd");
  static final int HDLR = of("hdlr");
  static final int MINF = of("minf");
  static final int VMHD = of("vmhd");
  static final int SMHD = of("smhd");
  static final int DINF = of("dinf");
  static final int DREF = of("dref");
  static final int URL = of("url ");
  static final int STBL = of("stbl");
  static final int STSD = of("stsd");
  static final int STTS = of("stts");
  static final int STSC = of("stsc");
  static final int STSZ = of("stsz");
  static final int STCO = of("stco");
  static final int MVEX = of("mvex");
  static final int TREX = of("trex");

  static final int MOOF = of("moof");
  static final int MFHD = of("mfhd");
  static final int TRAF = of("traf");
  static final int TFHD = of("tfhd");
  static final int TFDT = of("tfdt");
  static final int TRUN = of("trun");
  static final int MDAT = of("mdat");

  static final int VIDE = of("vide");
  static final int SOUN = of("soun");
  static final int AVC1 = of("avc1");
  static final int AVC3 = of("avc3");
  static final int AVCC = of("avcC");
  static final int HVC1 = of("hvc1");
  static final int HEV1 = of("hev1");
  static final int HVCC = of("hvcC");
  static final int AV01 = of("av01");
  static final int AV1C = of("av1C");
  static final int VP08 = of("vp08");
  static final int VP09 = of("vp09");
  static final int VPCC = of("vpcC");
  static final int PASP = of("pasp");
  static final int COLR = of("colr");
  static final int NCLX = of("nclx");
  static final int MP4A = of("mp4a");
  static final int ESDS = of("esds");
  static final int OPUS = of("Opus");
  static final int DOPS = of("dOps");
  static final int AC_3 = of("ac-3");
  static final int DAC3 = of("dac3");
  static final int EC_3 = of("ec-3");
  static final int DEC3 = of("dec3");
  static final int FLAC = of("fLaC");
  static final int DFLA = of("dfLa");

  private FourCc() {}

  static int of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length != 4) {
      throw new IllegalArgumentException("Not four characters: " + text);
    }
    return (bytes[0] & 0xFF) << 24
        | (bytes[1] & 0xFF) << 16
        | (bytes[2] & 0xFF) << 8
        | bytes[3] & 0xFF;
  }

  /** For messages: characters outside printable ASCII become dots. */
  static String toText(int fourCc) {
    StringBuilder text = new StringBuilder(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      char c = (char) (fourCc >> shift & 0xFF);
      text.append(c >= ' ' && c <= '~' ? c : '.');
    }
    return text.toString();
  }
}
