import type { Broadcasts } from '../api/broadcasts';
import { ApiProblem } from '../api/problem';

/** The answer to "may this viewer fetch the media, and is there any?" */
export type Opening = 'open' | 'missing' | 'signin' | 'denied' | 'unreachable';

const RENEW_BEFORE_MS = 60_000;
const RENEW_AGAIN_MS = 10_000;
const PROBE_TIMEOUT_MS = 10_000;
/** How long a question may be held until there is an answer to it (RFC 7240 §4.3). */
const PATIENCE_SECONDS = 10;

/** The one address of a broadcast, live and after. The same origin as the page, so it needs no catalog to be known. */
export function hlsAddress(id: string): string {
  return `/hls/${encodeURIComponent(id)}/index.m3u8`;
}

/** The picture that stands for a broadcast; 404 while there is none. */
export function posterAddress(id: string): string {
  return `/hls/${encodeURIComponent(id)}/poster.jpg`;
}

/** The cues of a broadcast's scrub thumbnails. */
export function storyboardAddress(id: string): string {
  return `/hls/${encodeURIComponent(id)}/storyboard.vtt`;
}

/**
 * Gets and keeps the permission to fetch the media. The media itself is asked first: a public broadcast, and one whose
 * cookie is still good, plays without the catalog. Only a refusal leads to a playback session, renewed before it expires.
 */
export class PlaybackAccess {
  private renewal = 0;
  private session = false;
  private reason: string | null = null;

  constructor(
    private readonly id: string,
    private readonly broadcasts: Broadcasts,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => clearTimeout(this.renewal));
  }

  /** Whether a playback session is held, so that its expiry is known. */
  get hasSession(): boolean {
    return this.session;
  }

  /** Why the last request for a session was refused, in the catalog's words; null where it gave none. */
  get refusal(): string | null {
    return this.reason;
  }

  /**
   * Asks for the playlist, opening a playback session if that is what it takes. Rejects only when aborted.
   *
   * @param patient whether to wait some seconds for a broadcast to begin, rather than hear that it has not
   */
  async open(patient = false): Promise<Opening> {
    const first = await this.probe(patient);
    if (first !== 'refused') return first;
    const granted = await this.openSession();
    if (granted !== 'open') return granted;
    const second = await this.probe(patient);
    return second === 'refused' ? 'denied' : second;
  }

  /** Opens a playback session, or renews it: the origin takes the new cookie from the next request on. */
  async openSession(): Promise<Opening> {
    try {
      const { expiresAt } = await this.broadcasts.openPlaybackSession(this.id, this.signal);
      this.session = true;
      this.renewAt(new Date(expiresAt).getTime() - RENEW_BEFORE_MS);
      return 'open';
    } catch (error) {
      if (this.signal.aborted) throw error;
      if (!(error instanceof ApiProblem)) return 'unreachable';
      this.reason = error.detail;
      if (error.status === 401) return 'signin';
      if (error.status === 403) return 'denied';
      return error.status === 404 ? 'missing' : 'unreachable';
    }
  }

  private renewAt(time: number): void {
    clearTimeout(this.renewal);
    const wait = Number.isFinite(time) ? Math.max(time - Date.now(), RENEW_AGAIN_MS) : RENEW_AGAIN_MS;
    this.renewal = window.setTimeout(() => this.renew(), Math.min(wait, 2 ** 31 - 1));
  }

  private renew(): void {
    this.openSession().then(
      (result) => {
        // While the catalog is down the session in hand stays good; keep asking until it answers.
        if (result === 'unreachable') this.renewAt(0);
      },
      () => undefined, // aborted: the page was left
    );
  }

  private async probe(patient: boolean): Promise<'open' | 'missing' | 'unreachable' | 'refused'> {
    try {
      const timeout = AbortSignal.timeout(PROBE_TIMEOUT_MS + (patient ? PATIENCE_SECONDS * 1000 : 0));
      // Past the browser's cache: a 404 is good for a second there, and would answer the next probe too. Who waits for a
      // broadcast to begin would see it begin two seconds late.
      const response = await fetch(hlsAddress(this.id), {
        cache: 'no-store',
        headers: patient ? { Prefer: `wait=${PATIENCE_SECONDS}` } : {},
        signal: AbortSignal.any([this.signal, timeout]),
      });
      await response.body?.cancel();
      if (response.ok) return 'open';
      if (response.status === 401 || response.status === 403) return 'refused';
      return response.status === 404 || response.status === 410 ? 'missing' : 'unreachable';
    } catch (error) {
      if (this.signal.aborted) throw error;
      return 'unreachable';
    }
  }
}
