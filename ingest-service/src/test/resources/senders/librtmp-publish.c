/* Publishes an FLV file with librtmp: librtmp-publish FILE URL. Exits with 0 when all of it is sent. */
#include <librtmp/rtmp.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  static unsigned char header[11];
  static char tag[11 + (1 << 24) + 4];
  FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (!file || fseek(file, 13, SEEK_SET)) {
    fprintf(stderr, "usage: librtmp-publish FILE URL\n");
    return 2;
  }
  RTMP *rtmp = RTMP_Alloc();
  RTMP_Init(rtmp);
  if (!RTMP_SetupURL(rtmp, argv[2])) return 3;
  RTMP_EnableWrite(rtmp);
  if (!RTMP_Connect(rtmp, NULL) || !RTMP_ConnectStream(rtmp, 0)) return 4;
  while (fread(header, 1, sizeof header, file) == sizeof header) {
    size_t rest = ((size_t)header[1] << 16 | (size_t)header[2] << 8 | header[3]) + 4;
    memcpy(tag, header, sizeof header);
    if (fread(tag + sizeof header, 1, rest, file) != rest) return 5;
    if (RTMP_Write(rtmp, tag, (int)(sizeof header + rest)) <= 0) return 6;
  }
  RTMP_Close(rtmp);
  RTMP_Free(rtmp);
  fclose(file);
  return 0;
}
