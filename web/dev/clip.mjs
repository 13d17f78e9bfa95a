// Makes the clip that the mock origin plays: 150 s in two renditions, one fMP4 file per half-second part.
// FFMPEG names the executable (default: ffmpeg on the PATH). The result is kept under node_modules/.cache.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const FRAMES_PER_SECOND = 24;
export const PART_SECONDS = 0.5;
export const PARTS_PER_SEGMENT = 8;
export const CLIP_SECONDS = 152;
export const RENDITIONS = [
  { name: 'source', width: 1280, height: 720, bitsPerSecond: 1_800_000 },
  { name: '240p', width: 426, height: 240, bitsPerSecond: 350_000 },
];

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, '..', 'node_modules', '.cache', 'rostrum-clip');

/** Returns the directory of the clip, encoding it first if it is not there yet. */
export function clip() {
  const marker = join(cache, `done-${CLIP_SECONDS}`);
  if (existsSync(marker)) return cache;
  for (const rendition of RENDITIONS) {
    const out = join(cache, rendition.name);
    mkdirSync(out, { recursive: true });
    const font = process.env.CLIP_FONT ?? '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
    const text = existsSync(font)
      ? [
          `drawtext=fontfile=${font}:text='Autumn town hall':x=w*0.08:y=h*0.4:fontsize=h*0.1:fontcolor=0xfff3dc`,
          `drawtext=fontfile=${font}:text='%{pts\\:hms}':x=w*0.08:y=h*0.55:fontsize=h*0.06:fontcolor=0xf3c56d`,
        ]
      : [];
    const scene = [
      `gradients=s=${rendition.width}x${rendition.height}:r=${FRAMES_PER_SECOND}:speed=0.012:c0=0x1a1030:c1=0x7a2d3a:c2=0x14303f:n=3`,
      ...text,
      'format=yuv420p',
    ].join(',');
    const run = spawnSync(
      process.env.FFMPEG ?? 'ffmpeg',
      [
        ...['-hide_banner', '-loglevel', 'error', '-y'],
        ...['-f', 'lavfi', '-i', scene],
        ...['-f', 'lavfi', '-i', `sine=frequency=330:sample_rate=48000,volume=0.1`],
        ...['-t', String(CLIP_SECONDS)],
        ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main', '-bf', '0'],
        ...['-b:v', String(rendition.bitsPerSecond), '-g', '12', '-keyint_min', '12', '-sc_threshold', '0'],
        ...['-c:a', 'aac', '-b:a', '96k'],
        ...['-f', 'hls', '-hls_time', String(PART_SECONDS), '-hls_list_size', '0', '-hls_segment_type', 'fmp4'],
        ...['-hls_fmp4_init_filename', 'init.mp4', '-hls_segment_filename', join(out, 'part%05d.m4s')],
        join(out, 'list.m3u8'),
      ],
      { stdio: 'inherit' },
    );
    if (run.error || run.status !== 0) {
      throw new Error(
        `The clip could not be made: ${run.error?.message ?? `ffmpeg ended with ${run.status}`}. Set FFMPEG to an executable with libx264.`,
      );
    }
  }
  writeFileSync(marker, '');
  return cache;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(clip());
