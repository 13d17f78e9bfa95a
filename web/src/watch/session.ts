import type { Broadcast, Broadcasts } from '../api/broadcasts';
import { ApiProblem } from '../api/problem';
import type { SignIn } from '../auth/sign-in';
import { hlsAddress, type Opening, PlaybackAccess, posterAddress, storyboardAddress } from './access';
import { chooseEngine } from './choose-engine';
import { type DebugHooks, log, resetHooks } from './debug-hooks';
import type { Engine, EngineListener, MediaFailure, Trouble } from './engine';
import { keepPreferences, loadPreferences } from './preferences';
import type { StartPosition } from './start-position';
import { Storyboard } from './storyboard';
import { type Facts, type View, viewOf } from './view-state';

const TICK_MS = 250;
/** Where a question is not held: half as long as a cache may keep the answer that there is nothing yet. */
const POLL_SOON_MS = 500;
/** A refusal is looked into once, however many requests met it. */
const REFUSALS_MS = 1000;
const POLL_FAR_MS = 15_000;
const FAR_START_MS = 10 * 60_000;
const STARVED_AFTER_MS = 1500;
const HAVE_FUTURE_DATA = 3;
/** Within this distance of where live viewers are, a viewer wants to be live. */
const FOLLOW_WITHIN_SECONDS = 3;
/** As near to the end as this there is nothing left to see. */
const END_SECONDS = 1;

/**
 * One viewer's visit to one broadcast: waits for it, plays it, follows it from live to replay, and survives what fails
 * meanwhile. It owns the engine and the loops; the page listens for `change` and renders {@link view}.
 *
 * The media never waits for the catalog: title and schedule come when they come.
 */
export class WatchSession extends EventTarget {
  broadcast: Broadcast | null = null;
  view: View = { state: 'waiting', reason: 'connecting' };
  engine: Engine | null = null;
  /** Sound is off only because the browser does not let a page start with it. */
  autoplayMuted = false;
  readonly storyboard: Storyboard;
  private catalog: Facts['catalog'] = 'unknown';
  private access: Facts['access'] = 'unknown';
  private opening: Opening | 'unknown' = 'unknown';
  private trouble: Facts['trouble'] = null;
  private starvedSince: number | null = null;
  private following = true;
  /** Whether the viewer chose where to be, by a link or a pause, and it is not settled yet what that means for following. */
  private chosen: boolean;
  private lastTime = 0;
  private atEnd = false;
  private readonly stop = new AbortController();
  private readonly permission: PlaybackAccess;
  private readonly hooks: DebugHooks;
  private wakePoll: () => void = () => undefined;
  private wakeCatalog: () => void = () => undefined;
  private refusedAt = 0;

  constructor(
    readonly id: string,
    readonly video: HTMLVideoElement,
    private readonly start: StartPosition | null,
    private readonly broadcasts: Broadcasts,
    private readonly signIn: SignIn,
  ) {
    super();
    this.chosen = start !== null;
    this.hooks = resetHooks(video);
    this.permission = new PlaybackAccess(id, broadcasts, this.stop.signal);
    this.storyboard = new Storyboard(storyboardAddress(id), this.stop.signal);
  }

  /** Starts the visit; {@link leave} ends it. */
  begin(): void {
    const { signal } = this.stop;
    for (const name of ['playing', 'pause', 'seeking', 'seeked', 'ended', 'waiting', 'timeupdate', 'durationchange']) {
      this.video.addEventListener(name, () => this.onMedia(name), { signal });
    }
    this.signIn.addEventListener('change', () => this.onSignIn(), { signal });
    const ticker = window.setInterval(() => this.evaluate(), TICK_MS);
    signal.addEventListener('abort', () => clearInterval(ticker));
    this.run(this.openLoop());
    this.run(this.catalogLoop());
  }

  leave(): void {
    this.stop.abort();
    this.keepBandwidth();
    this.engine?.destroy();
    resetHooks(null);
  }

  get playlist(): Facts['playlist'] {
    const edge = this.engine?.edge();
    if (edge) return edge.live ? 'live' : 'ended';
    if (this.opening === 'missing') return 'missing';
    return this.opening === 'unreachable' ? 'unreachable' : 'unknown';
  }

  get live(): boolean {
    return this.playlist === 'live';
  }

  /** The catalog's words on why this viewer is refused, or null. */
  get refusal(): string | null {
    return this.permission.refusal;
  }

  /** Seconds behind the newest playable media, or null when not live or not playing yet. */
  get behindSeconds(): number | null {
    const edge = this.engine?.edge();
    if (!edge?.live || this.video.readyState === 0) return null;
    return Math.max(0, edge.playableEndSeconds - this.video.currentTime);
  }

  /** End of the seek bar: the newest media while live, the length of the broadcast after. */
  get endSeconds(): number {
    return this.engine?.edge()?.playableEndSeconds ?? 0;
  }

  /** Seeks; past the live edge means to the live edge. */
  seekTo(seconds: number): void {
    if (!this.engine) return;
    const sync = this.engine.syncPosition();
    const target = Math.max(0, Math.min(seconds, sync ?? this.endSeconds));
    this.follow(sync !== null && target >= sync - FOLLOW_WITHIN_SECONDS);
    this.video.currentTime = target;
    this.evaluate();
  }

  goLive(): void {
    const sync = this.engine?.syncPosition() ?? null;
    if (sync === null) return;
    this.record('go-live');
    this.seekTo(sync);
    this.video.playbackRate = 1;
    void this.play();
  }

  startOver(): void {
    this.record('start-over');
    this.seekTo(0);
    void this.play();
  }

  /** Plays; where sound may not start by itself, plays muted and says so. */
  async play(): Promise<void> {
    try {
      await this.video.play();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || this.video.muted) return;
      this.autoplayMuted = true;
      this.video.muted = true;
      await this.video.play().catch(() => undefined);
      this.evaluate(true);
    }
  }

  unmute(): void {
    this.autoplayMuted = false;
    this.video.muted = false;
    if (this.video.volume === 0) this.video.volume = 1;
    this.evaluate(true);
  }

  /** Asks again at once: the reader pressed "Try again". */
  retry(): void {
    this.record('retry');
    if (this.engine) this.engine.retry();
    else this.reopen();
    this.wakeCatalog();
  }

  private reopen(): void {
    this.access = 'unknown';
    this.opening = 'unknown';
    this.evaluate();
    this.wakePoll();
  }

  /** Until there is a playlist and permission to fetch it; then loads it, once. */
  private async openLoop(): Promise<void> {
    await this.signIn.ready;
    while (!this.stop.signal.aborted) {
      const askedAt = performance.now();
      // Once it is clear that there is nothing yet, the answer may be held until there is.
      this.opening = await this.permission.open(this.opening === 'missing' && this.startIsNear);
      if (this.opening === 'signin' || this.opening === 'denied') this.access = this.opening;
      else if (this.opening !== 'unreachable') this.access = 'granted';
      this.evaluate();
      if (this.opening === 'open') break;
      await this.pause(this.pollDelayMs() - (performance.now() - askedAt), (wake) => {
        this.wakePoll = wake;
      });
    }
    if (!this.stop.signal.aborted) this.load();
  }

  /** From one question to the next. */
  private pollDelayMs(): number {
    if (this.opening === 'signin' || this.opening === 'denied') return Number.POSITIVE_INFINITY;
    // Spread, so that a hall full of waiting viewers does not ask in step.
    return (this.startIsNear ? POLL_SOON_MS : POLL_FAR_MS) * (0.8 + 0.4 * Math.random());
  }

  private get startIsNear(): boolean {
    const startsAt = typeof this.catalog === 'object' ? this.catalog.startsAt : null;
    const far = startsAt !== null && startsAt.getTime() - Date.now() > FAR_START_MS;
    return !far && this.view.reason !== 'cancelled' && this.view.reason !== 'not-found';
  }

  private load(): void {
    const engine = chooseEngine(this.video, this.listener(), loadPreferences());
    if (!engine) {
      this.trouble = 'unsupported';
      this.evaluate();
      return;
    }
    this.engine = engine;
    this.record('load', { engine: engine.hls ? 'hls.js' : 'native', start: this.start });
    this.video.poster = posterAddress(this.id);
    engine.load(hlsAddress(this.id), this.start);
    // Not before: attaching the media aborts a pending play.
    const { signal } = this.stop;
    this.video.addEventListener('loadedmetadata', () => void this.play(), { once: true, signal });
    this.evaluate();
  }

  private listener(): EngineListener {
    return {
      changed: () => {
        this.hooks.hls = this.engine?.hls ?? null;
        this.evaluate(true);
      },
      trouble: (kind: Trouble) => {
        this.record('trouble', { kind });
        this.trouble = kind;
        this.evaluate();
      },
      recovered: () => {
        this.record('recovered');
        this.trouble = null;
        this.evaluate();
      },
      refused: () => this.onRefused(),
      failed: (failure: MediaFailure) => log(this.hooks.errors, failure),
    };
  }

  /** The cookie has run out in mid-play, for instance after the computer slept. */
  private onRefused(): void {
    const now = Date.now();
    if (now - this.refusedAt < REFUSALS_MS) return;
    this.refusedAt = now;
    this.run(
      this.permission.openSession().then((result) => {
        this.record('playback-session', { result });
        if (result === 'open') {
          this.access = 'granted';
          this.engine?.retry();
        } else if (result === 'signin' || result === 'denied') {
          this.access = result;
        }
        this.evaluate();
      }),
    );
  }

  private onSignIn(): void {
    this.wakeCatalog();
    if (this.access === 'granted') return;
    if (this.engine) this.onRefused();
    else this.reopen();
  }

  private async catalogLoop(): Promise<void> {
    await this.signIn.ready;
    while (!this.stop.signal.aborted) {
      await this.askCatalog();
      this.evaluate(true);
      await this.pause(this.catalogDelayMs(), (wake) => {
        this.wakeCatalog = wake;
      });
    }
  }

  private async askCatalog(): Promise<void> {
    try {
      const broadcast = await this.broadcasts.get(this.id, this.stop.signal);
      this.broadcast = broadcast;
      this.catalog = {
        state: broadcast.state,
        publisher: broadcast.publisher,
        startsAt: broadcast.startsAt ? new Date(broadcast.startsAt) : null,
      };
      // Playing on a cookie from an earlier visit: its expiry is unknown, so take a session whose expiry is known.
      if (!broadcast.publicAccess && this.access === 'granted' && !this.permission.hasSession) {
        await this.permission.openSession();
      }
    } catch (error) {
      if (this.stop.signal.aborted) throw error;
      // An outage leaves the last word standing: a stale title is better than none.
      if (error instanceof ApiProblem && error.status === 404 && !this.broadcast) this.catalog = 'not-found';
    }
  }

  private catalogDelayMs(): number {
    const spread = 0.8 + 0.4 * Math.random();
    if (!this.broadcast || this.view.state === 'waiting') return 10_000 * spread;
    if (this.view.state === 'away') return 5000 * spread;
    if (this.playlist === 'ended') return Number.POSITIVE_INFINITY;
    return 60_000 * spread;
  }

  private onMedia(name: string): void {
    // hls.js nudges a stalled element, which fires `timeupdate` too.
    if (this.video.readyState >= HAVE_FUTURE_DATA) this.starvedSince = null;
    if (name === 'waiting' && this.starvedSince === null) this.starvedSince = performance.now();
    if (name === 'playing' && this.live) {
      const sync = this.engine?.syncPosition() ?? null;
      // Behind after a pause is behind by choice, and no catching up; behind after a stall is not.
      if (sync !== null && this.chosen) this.follow(this.video.currentTime >= sync - FOLLOW_WITHIN_SECONDS);
      this.chosen = false;
    }
    if (name === 'pause') this.chosen = true;
    // Engines only go forward: back is somebody's wish, by whatever button or script.
    if (name === 'seeking' && this.live && this.video.currentTime < this.lastTime - FOLLOW_WITHIN_SECONDS) {
      this.follow(false);
    }
    this.lastTime = this.video.currentTime;
    if (name === 'seeking' && this.atEnd) {
      this.atEnd = false;
      // Whoever goes back from the end wants to see it again; the element would stay paused.
      if (this.video.duration - this.video.currentTime > END_SECONDS) void this.play();
    }
    if (name === 'ended') {
      this.atEnd = true;
      this.record('ended', { currentTime: this.video.currentTime });
    }
    if (name !== 'timeupdate') this.evaluate(true);
  }

  private follow(following: boolean): void {
    this.following = following;
    this.engine?.followLive(following);
  }

  /** Whether the viewer is taken to want the live edge. */
  get followsLive(): boolean {
    return this.live && this.following;
  }

  private evaluate(force = false): void {
    if (this.stop.signal.aborted) return;
    const edge = this.engine?.edge() ?? null;
    const starvedMs = this.starvedSince === null ? 0 : performance.now() - this.starvedSince;
    const starved = starvedMs > STARVED_AFTER_MS;
    const facts: Facts = {
      access: this.access,
      playlist: this.playlist,
      catalog: this.catalog,
      behindSeconds: this.behindSeconds,
      edge: edge?.condition ?? 'moving',
      heldUp: starved && this.following && !this.video.paused,
      finished: this.video.ended,
      trouble: this.trouble === 'unsupported' || starved || this.video.readyState < 2 ? this.trouble : null,
    };
    const next = viewOf(facts);
    const moved = next.state !== this.view.state || next.reason !== this.view.reason;
    if (moved) {
      this.record('state', { from: this.view.state, to: next.state, reason: next.reason });
      this.view = next;
      if (next.state === 'away') this.wakeCatalog();
    }
    if (moved || force) this.dispatchEvent(new Event('change'));
  }

  private record(name: string, facts?: Record<string, unknown>): void {
    log(this.hooks.events, { name, at: new Date().toISOString(), ...(facts ? { facts } : {}) });
  }

  private keepBandwidth(): void {
    const measured = this.engine?.statistics().estimateBitsPerSecond;
    if (measured) keepPreferences({ bandwidthBitsPerSecond: Math.round(measured) });
  }

  /** Waits, or until woken or left. */
  private pause(delayMs: number, offerWake: (wake: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.stop;
      const timer = Number.isFinite(delayMs) ? window.setTimeout(done, delayMs) : 0;
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      signal.addEventListener('abort', done);
      offerWake(done);
    });
  }

  /** Runs a loop that ends by being aborted. */
  private run(loop: Promise<void>): void {
    loop.catch((error: unknown) => {
      if (!this.stop.signal.aborted) console.error('Watch session failed', error);
    });
  }
}
