import type { Edge, Engine, EngineListener, Quality, Statistics } from './engine';
import type { StartPosition } from './start-position';

const RETRY_MS = 3000;

/** Safari's video element: tells the wall-clock time of media time zero where the playlist carries it. */
type DatedVideo = HTMLVideoElement & { getStartDate?: () => Date };

/**
 * Plays through the browser's own HLS (Safari, iPhone), which speaks low-latency HLS itself and chooses the quality. The
 * same address goes from live to replay there too: the duration turns from Infinity into the length of the broadcast.
 */
export class NativeEngine implements Engine {
  readonly hls = null;
  readonly quality = null;
  readonly playingQuality = null;
  private url = '';
  private start: StartPosition | null = null;
  private retryTimer = 0;
  private troubled = false;
  private readonly stop = new AbortController();

  constructor(
    private readonly video: DatedVideo,
    private readonly listener: EngineListener,
  ) {
    const { signal } = this.stop;
    for (const name of ['loadedmetadata', 'durationchange', 'progress']) {
      video.addEventListener(name, () => this.listener.changed(), { signal });
    }
    video.addEventListener('loadedmetadata', () => this.seekToStart(), { signal });
    video.addEventListener('playing', () => this.onPlaying(), { signal });
    video.addEventListener('error', () => this.onError(), { signal });
  }

  load(url: string, start: StartPosition | null): void {
    this.url = url;
    this.start = start;
    this.video.src = url;
  }

  retry(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = 0;
    const { currentTime } = this.video;
    const live = this.video.duration === Number.POSITIVE_INFINITY;
    this.start = live || !currentTime ? this.start : { kind: 'offset', seconds: currentTime };
    this.video.src = this.url;
    void this.video.play().catch(() => undefined);
  }

  edge(): Edge | null {
    const { duration, seekable } = this.video;
    if (Number.isNaN(duration)) return null;
    const live = duration === Number.POSITIVE_INFINITY;
    const end = seekable.length > 0 ? seekable.end(seekable.length - 1) : 0;
    return { live, playableEndSeconds: live ? end : duration, condition: 'moving' };
  }

  syncPosition(): number | null {
    const edge = this.edge();
    return edge?.live ? edge.playableEndSeconds : null;
  }

  followLive(): void {
    // AVFoundation keeps its own distance from the edge.
  }

  dateAt(seconds: number): Date | null {
    const zero = this.startDate();
    return zero === null ? null : new Date(zero + seconds * 1000);
  }

  timeAt(date: Date): number | null {
    const zero = this.startDate();
    return zero === null ? null : Math.max(0, (date.getTime() - zero) / 1000);
  }

  qualities(): readonly Quality[] {
    return [];
  }

  selectQuality(): void {
    // The browser chooses.
  }

  statistics(): Statistics {
    const edge = this.edge();
    return {
      latencySeconds: edge?.live ? edge.playableEndSeconds - this.video.currentTime : null,
      targetLatencySeconds: null,
      bitsPerSecond: null,
      estimateBitsPerSecond: null,
      playlistAgeSeconds: null,
    };
  }

  destroy(): void {
    clearTimeout(this.retryTimer);
    this.stop.abort();
    this.video.removeAttribute('src');
    this.video.load();
  }

  private startDate(): number | null {
    const time = this.video.getStartDate?.().getTime() ?? Number.NaN;
    return Number.isNaN(time) ? null : time;
  }

  private seekToStart(): void {
    const { start } = this;
    const edge = this.edge();
    if (!start || !edge) return;
    this.start = null;
    const wanted = start.kind === 'offset' ? start.seconds : this.timeAt(start.date);
    if (wanted !== null && wanted < edge.playableEndSeconds) this.video.currentTime = wanted;
  }

  private onPlaying(): void {
    if (!this.troubled) return;
    this.troubled = false;
    this.listener.recovered();
  }

  private onError(): void {
    const { error } = this.video;
    if (!error) return;
    const kind = error.code === MediaError.MEDIA_ERR_DECODE ? 'media' : 'network';
    this.troubled = true;
    this.listener.failed({
      type: 'native',
      details: error.message,
      fatal: true,
      status: null,
      at: new Date().toISOString(),
    });
    this.listener.trouble(kind);
    if (!this.retryTimer) this.retryTimer = window.setTimeout(() => this.retry(), RETRY_MS);
  }
}
