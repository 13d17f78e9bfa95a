import { fill, h } from '../ui/dom';
import type { WatchSession } from './session';
import { clockText, timeOfDay } from './time-format';

const REFRESH_MS = 1000;

/** The statistics overlay, refreshed once a second while shown. */
export function statsOverlay(session: WatchSession): { element: HTMLElement; toggle(): void; close(): void } {
  const list = h('dl');
  const element = h(
    'div',
    {
      class: 'stats',
      hidden: true,
      noautohide: true,
      'data-testid': 'stats',
      role: 'region',
      'aria-label': 'Statistics',
    },
    list,
    h(
      'button',
      { type: 'button', class: 'stats-close', 'aria-label': 'Close statistics', onclick: () => close() },
      '×',
    ),
  );
  let timer = 0;

  function refresh(): void {
    fill(list, ...rowsOf(session).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
  }

  function close(): void {
    clearInterval(timer);
    element.hidden = true;
  }

  function toggle(): void {
    if (!element.hidden) {
      close();
      return;
    }
    element.hidden = false;
    refresh();
    timer = window.setInterval(refresh, REFRESH_MS);
  }

  return { element, toggle, close };
}

function rowsOf(session: WatchSession): [string, string][] {
  const { video, engine } = session;
  const figures = engine?.statistics();
  const frames = video.getVideoPlaybackQuality?.();
  const date = engine?.dateAt(video.currentTime);
  return [
    ['State', `${session.view.state}${session.view.reason ? ` (${session.view.reason})` : ''}`],
    ['Latency', seconds(figures?.latencySeconds)],
    ['Target latency', seconds(figures?.targetLatencySeconds)],
    ['Buffer', seconds(bufferedAhead(video))],
    ['Playlist age', seconds(figures?.playlistAgeSeconds)],
    ['Position', `${clockText(video.currentTime)}${date ? ` · ${timeOfDay(date)}` : ''}`],
    ['Speed', `${video.playbackRate}×`],
    ['Picture', video.videoWidth ? `${video.videoWidth} × ${video.videoHeight}` : '–'],
    ['Bit rate', bits(figures?.bitsPerSecond)],
    ['Throughput', bits(figures?.estimateBitsPerSecond)],
    ['Dropped frames', frames ? `${frames.droppedVideoFrames} of ${frames.totalVideoFrames}` : '–'],
    ['Errors', `${window.rostrum.errors.length} (${window.rostrum.errors.filter((e) => e.fatal).length} fatal)`],
    ['Engine', engine ? (engine.hls ? 'hls.js' : 'native HLS') : '–'],
  ];
}

function bufferedAhead(video: HTMLVideoElement): number {
  const { buffered, currentTime } = video;
  for (let i = 0; i < buffered.length; i++) {
    if (buffered.start(i) <= currentTime + 0.1 && currentTime <= buffered.end(i)) return buffered.end(i) - currentTime;
  }
  return 0;
}

function seconds(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${value.toFixed(2)} s`;
}

function bits(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${(value / 1e6).toFixed(2)} Mbit/s`;
}
