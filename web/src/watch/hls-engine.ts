import Hls, { type ErrorData, ErrorDetails, ErrorTypes, Events, type LevelDetails } from 'hls.js';
import { isLost, isNear, leapTarget, type Run } from './close-up';
import { type Edge, type Engine, type EngineListener, type Quality, qualityLabel, type Statistics } from './engine';
import { detourAroundGaps } from './gap-detour';
import { hlsConfig } from './hls-config';
import { CATCH_UP_RATE, pace } from './pace';
import { mendPartLoading } from './part-loading-fix';
import { mendPartTracking } from './part-tracking-fix';
import { dateAt, edgeOf, gapEnd, isPlayable, timeAt } from './playlist-clock';
import type { Preferences } from './preferences';
import { StallMemory } from './stall-memory';
import type { StartPosition } from './start-position';

const RETRY_FIRST_MS = 1000;
const RETRY_LONGEST_MS = 6000;
/** Wait for the first whole segment. */
const RETRY_EMPTY_MS = 500;
/** Media errors closer together than this are not cured by flushing: the session is rebuilt at the same position. */
const MEDIA_ERROR_SPACING_MS = 5000;

/** Plays through hls.js and Media Source Extensions. */
export class HlsEngine implements Engine {
  hls: Hls;
  private url = '';
  private start: StartPosition | null = null;
  private following = true;
  private chosen: number | null = null;
  private retryTimer = 0;
  private retryDelayMs = RETRY_FIRST_MS;
  private lastMediaErrorAt = 0;
  private troubled = false;
  private readonly stalls = new StallMemory();
  /** Whether this visit was at the edge once: a small hold-up later costs time, but no media. */
  private arrived = false;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly listener: EngineListener,
    private readonly preferences: Preferences,
  ) {
    this.hls = this.build(-1);
    video.addEventListener('timeupdate', this.keepPace);
  }

  load(url: string, start: StartPosition | null): void {
    this.url = url;
    this.start = start;
    if (start?.kind === 'offset') this.hls.config.startPosition = start.seconds;
    this.hls.loadSource(url);
  }

  retry(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = 0;
    if (this.hls.levels.length > 0) this.hls.startLoad();
    else this.hls.loadSource(this.url);
  }

  edge(): Edge | null {
    const details = this.details();
    return details ? edgeOf(details) : null;
  }

  syncPosition(): number | null {
    const edge = this.edge();
    if (!edge?.live) return null;
    // With a gap at the end hls.js would wait inside it; the last playable moment is as live as it gets.
    const sync = this.hls.liveSyncPosition ?? edge.playableEndSeconds;
    return Math.max(0, Math.min(sync, edge.playableEndSeconds - 0.5));
  }

  followLive(follow: boolean): void {
    this.following = follow;
    this.keepPace();
  }

  dateAt(seconds: number): Date | null {
    return dateAt(this.details()?.fragments ?? [], seconds);
  }

  timeAt(date: Date): number | null {
    return timeAt(this.details()?.fragments ?? [], date);
  }

  qualities(): readonly Quality[] {
    return this.hls.levels.map((level, id) => ({ id, label: qualityLabel(level.height, level.uri) })).reverse();
  }

  get quality(): number | null {
    return this.chosen;
  }

  get playingQuality(): number | null {
    return this.hls.currentLevel >= 0 ? this.hls.currentLevel : null;
  }

  selectQuality(id: number | null): void {
    this.chosen = id;
    // The next segment, not at once: no flush, no interruption.
    this.hls.nextLevel = id ?? -1;
    this.listener.changed();
  }

  statistics(): Statistics {
    const { hls } = this;
    const live = this.details()?.live ?? false;
    const playing = hls.levels[hls.currentLevel];
    return {
      latencySeconds: live ? hls.latency : null,
      targetLatencySeconds: live ? hls.targetLatency : null,
      bitsPerSecond: playing?.realBitrate || playing?.bitrate || null,
      estimateBitsPerSecond: Number.isFinite(hls.bandwidthEstimate) ? hls.bandwidthEstimate : null,
      playlistAgeSeconds: live ? (this.details()?.age ?? null) : null,
    };
  }

  destroy(): void {
    clearTimeout(this.retryTimer);
    this.video.removeEventListener('timeupdate', this.keepPace);
    this.hls.destroy();
  }

  private details(): LevelDetails | null {
    return this.hls.latestLevelDetails;
  }

  private build(startPosition: number): Hls {
    const hls = new Hls({ ...hlsConfig(this.preferences.bandwidthBitsPerSecond), startPosition });
    mendPartLoading(hls);
    mendPartTracking(hls);
    detourAroundGaps(hls, () => {
      if (this.chosen !== null) hls.nextLevel = this.chosen;
    });
    hls.on(Events.ERROR, (_, data) => this.onError(data));
    hls.on(Events.LEVEL_UPDATED, () => this.onPlaylist());
    hls.on(Events.MANIFEST_PARSED, () => this.onManifest());
    hls.on(Events.LEVEL_SWITCHED, () => this.listener.changed());
    hls.on(Events.FRAG_BUFFERED, () => this.onBuffered());
    hls.attachMedia(this.video);
    return hls;
  }

  private onManifest(): void {
    const kept = this.qualities().find((quality) => quality.label === this.preferences.quality);
    if (kept) this.selectQuality(kept.id);
    else this.listener.changed();
  }

  private onPlaylist(): void {
    const start = this.start;
    const details = this.details();
    if (start && details) {
      this.start = null;
      const wanted = start.kind === 'offset' ? start.seconds : timeAt(details.fragments, start.date);
      const beyond = wanted === null || wanted > edgeOf(details).playableEndSeconds;
      // A time that has not come yet means "now" while live, and the beginning in a replay.
      if (beyond) this.hls.startLoad(this.syncPosition() ?? 0);
      else if (start.kind === 'moment') this.hls.startLoad(wanted);
    } else {
      this.forgetStalls();
      if (this.following && !this.video.paused && !this.video.seeking && details?.live) {
        if (this.arrived) this.returnToEdge(details);
        else this.closeUp();
      }
    }
    this.listener.changed();
  }

  private forgetStalls(): void {
    const details = this.details();
    const holdBack = details?.partHoldBack || details?.holdBack;
    // Setting it makes hls.js forget; it is what it would be without stalls.
    if (holdBack && this.stalls.forgets(performance.now())) this.hls.targetLatency = holdBack;
  }

  private readonly keepPace = (): void => {
    const { video, hls } = this;
    if (!this.following || !this.details()?.live) {
      if (video.playbackRate === CATCH_UP_RATE) video.playbackRate = 1;
      return;
    }
    const loaded = runs(video.buffered).find((run) => run.start <= video.currentTime && video.currentTime < run.end);
    const behind = hls.latency > 0 ? hls.latency - (hls.targetLatency ?? Number.NaN) : Number.NaN;
    const rate = pace(video.playbackRate, behind, loaded ? loaded.end - video.currentTime : 0);
    if (rate !== video.playbackRate) video.playbackRate = rate;
  };

  /** Playing faster takes a minute for what a slow start has cost. */
  private closeUp(): void {
    const { video, hls } = this;
    if (video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA || video.currentTime === 0) return;
    const targetLatency = hls.targetLatency ?? Number.NaN;
    this.arrived = isNear(hls.latency, targetLatency);
    const target = leapTarget(video.currentTime, hls.latency, targetLatency, runs(video.buffered));
    if (target !== null) video.currentTime = target;
  }

  /** After an outage of the network or a sleep of the computer: who was live before is live again. */
  private returnToEdge(details: LevelDetails): void {
    const sync = this.syncPosition();
    if (sync === null || !isLost(sync - this.video.currentTime, details.targetduration)) return;
    // Where the broadcast itself was interrupted hls.js goes on by itself, once the first segment behind that is whole.
    if (isPlayable(details.fragments, sync)) this.video.currentTime = sync;
  }

  private onBuffered(): void {
    this.retryDelayMs = RETRY_FIRST_MS;
    if (!this.troubled) return;
    this.troubled = false;
    this.listener.recovered();
  }

  private onError(data: ErrorData): void {
    const status = data.response?.code ?? null;
    this.listener.failed({
      type: data.type,
      details: data.details,
      fatal: data.fatal,
      status: status || null,
      at: new Date().toISOString(),
    });
    if (status === 401 || status === 403) this.listener.refused();
    if (data.details === ErrorDetails.BUFFER_STALLED_ERROR) this.stalls.stalled(performance.now());
    if (data.details === ErrorDetails.FRAG_GAP || data.details === ErrorDetails.BUFFER_STALLED_ERROR) this.leapGap();
    if (!data.fatal) return;
    if (data.details === ErrorDetails.LEVEL_EMPTY_ERROR) {
      // Only parts so far: hls.js starts with the first whole segment, which is seconds away.
      this.retryIn(RETRY_EMPTY_MS);
      return;
    }
    this.troubled = true;
    if (data.type === ErrorTypes.NETWORK_ERROR) {
      this.listener.trouble('network');
      this.retryLater();
    } else {
      this.listener.trouble('media');
      this.recoverMedia(data);
    }
  }

  /** hls.js walks through an interruption segment by segment, a second each: of one of minutes nobody would see the end. */
  private leapGap(): void {
    const details = this.details();
    if (!details || this.video.readyState > HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const end = gapEnd(details.fragments, this.video.currentTime);
    if (end !== null) this.video.currentTime = end + 0.01;
  }

  private retryLater(): void {
    // Spread, so that all viewers of a restarted service do not ask in step.
    this.retryIn(this.retryDelayMs * (0.75 + 0.5 * Math.random()));
    this.retryDelayMs = Math.min(this.retryDelayMs * 2, RETRY_LONGEST_MS);
  }

  private retryIn(delayMs: number): void {
    this.retryTimer ||= window.setTimeout(() => this.retry(), delayMs);
  }

  private recoverMedia(data: ErrorData): void {
    const now = Date.now();
    const repeated = now - this.lastMediaErrorAt < MEDIA_ERROR_SPACING_MS;
    this.lastMediaErrorAt = now;
    if (data.type === ErrorTypes.MEDIA_ERROR && !repeated) {
      this.keepPlaying(() => this.hls.recoverMediaError());
      return;
    }
    if (this.retryTimer) return;
    this.retryTimer = window.setTimeout(() => this.rebuild(), this.retryDelayMs);
    this.retryDelayMs = Math.min(this.retryDelayMs * 2, RETRY_LONGEST_MS);
  }

  /** A new hls.js on the same element and address, at the same position. */
  private rebuild(): void {
    this.retryTimer = 0;
    const { currentTime } = this.video;
    const toTheEdge = this.following && this.edge()?.live === true;
    this.keepPlaying(() => {
      this.hls.destroy();
      this.hls = this.build(toTheEdge ? -1 : currentTime);
      this.hls.loadSource(this.url);
    });
    this.listener.changed();
  }

  /** An element whose media is attached anew stands still, without a word, until somebody plays it. */
  private keepPlaying(attachAnew: () => void): void {
    const { paused } = this.video;
    attachAnew();
    if (!paused)
      this.video.addEventListener('canplay', () => void this.video.play().catch(() => undefined), { once: true });
  }
}

function runs(ranges: TimeRanges): Run[] {
  return Array.from({ length: ranges.length }, (_, i) => ({ start: ranges.start(i), end: ranges.end(i) }));
}
