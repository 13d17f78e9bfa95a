import { explain } from '../api/problem';
import { PublishRefused, type Sent, WhipSession } from './whip-session';

/** What is told while going live. */
export type PublishState = 'connecting' | 'live' | 'interrupted' | 'stopped' | 'failed';

/** Gives a stream key; a new one each time. */
export type KeySource = () => Promise<string>;

const CONNECT_TIMEOUT_MS = 20_000;
// A way that comes back by itself does so at once; a new one is as good and is found in less than a second.
const PATIENCE_MS = 1_000;
const RETRY_MS = 2_000;
const RESTART_TIMEOUT_MS = 4_000;
const SESSION_TIMEOUT_MS = 10_000;
// Each restart is a sign of life to the server: where none helps, only another session does.
const MAX_RESTARTS = 3;
const GIVE_UP_MS = 120_000;

const NO_WAY = 'No connection came about. A firewall may block UDP: try another network.';
const NO_ANSWER = 'The ingest service does not answer. Try again in a moment.';
const LOST = 'The connection was lost and did not come back. Go live again: viewers stay where they are.';
const LOOKING = 'The connection is interrupted. Looking for another way; viewers stay where they are.';
const AGAIN = 'The connection was lost. Connecting again; viewers stay where they are.';

/**
 * Publishes to a WHIP address until it is told to stop, and comes back by itself: it restarts ICE where the connection
 * fails, and opens another session where the server has none any more. One for each time of going live.
 */
export class WhipPublisher {
  readonly #url: string;
  readonly #newKey: KeySource;
  readonly #onState: (state: PublishState, detail: string) => void;
  #sent: Sent;
  #key: string | null = null;
  #session: WhipSession | null = null;
  #state: PublishState = 'connecting';
  #wasLive = false;
  #mending = false;
  #wake: () => void = () => {};
  #counted: { bytes: number; at: number } | null = null;

  constructor(url: string, newKey: KeySource, sent: Sent, onState: (state: PublishState, detail: string) => void) {
    this.#url = url;
    this.#newKey = newKey;
    this.#sent = sent;
    this.#onState = onState;
  }

  /** Resolves when it is on air, or has failed and said why. */
  async start(): Promise<void> {
    try {
      await this.#open();
      await this.#connected(CONNECT_TIMEOUT_MS);
      if (this.#state === 'connecting') this.#fail(NO_WAY);
    } catch (error) {
      this.#fail(explainPublishing(error));
    }
  }

  /** Sends other tracks from now on, also while it is interrupted. */
  async send(sent: Sent): Promise<void> {
    this.#sent = sent;
    await this.#session?.send(sent);
  }

  /** Ends it; repeating it changes nothing. */
  stop(): void {
    if (this.#isOver) return;
    this.#session?.close();
    this.#tell('stopped', '');
    this.#wake();
  }

  /** What is sent, in bits per second since the last call; null before the second. */
  async bitsPerSecond(): Promise<number | null> {
    const before = this.#counted;
    this.#counted = (await this.#session?.sentBytes()) ?? null;
    const now = this.#counted;
    return before && now && now.at > before.at && now.bytes >= before.bytes
      ? ((now.bytes - before.bytes) * 8000) / (now.at - before.at)
      : null;
  }

  get #isOver(): boolean {
    return this.#state === 'stopped' || this.#state === 'failed';
  }

  /** A key that is known is tried first: the service that gives them may be away while one publishes. */
  async #open(): Promise<void> {
    const known = this.#key;
    const key = known ?? (await this.#newKey());
    if (this.#isOver) return;
    this.#key = key;
    this.#session?.close();
    const session = new WhipSession(this.#sent, (state) => {
      if (session === this.#session) this.#connectionChanged(state);
    });
    this.#session = session;
    try {
      await session.open(this.#url, key);
    } catch (error) {
      session.close();
      if (!(known && error instanceof PublishRefused && error.status === 401)) throw error;
      this.#key = null;
      await this.#open();
    }
  }

  #connectionChanged(state: RTCPeerConnectionState): void {
    if (this.#isOver) return;
    if (state === 'connected') {
      this.#wasLive = true;
      this.#tell('live', '');
      this.#wake();
    } else if (this.#wasLive && !this.#mending && state !== 'connecting' && state !== 'new') {
      void this.#mend(state === 'disconnected');
    }
  }

  /** Tries until it is on air again, or for two minutes. */
  async #mend(mayPass: boolean): Promise<void> {
    this.#mending = true;
    this.#tell('interrupted', LOOKING);
    const since = performance.now();
    if (mayPass) await this.#connected(PATIENCE_MS);
    let restarts = 0;
    while (this.#state === 'interrupted') {
      const restarting = restarts < MAX_RESTARTS;
      try {
        if (restarting) {
          restarts++;
          await this.#session?.restartIce();
        } else {
          this.#tell('interrupted', AGAIN);
          await this.#open();
        }
        await this.#connected(restarting ? RESTART_TIMEOUT_MS : SESSION_TIMEOUT_MS);
      } catch (error) {
        const status = error instanceof PublishRefused ? error.status : null;
        if (restarting && status === 404) {
          // The server has let go of the session, as it does after 15 s of silence, or is another one by now.
          restarts = MAX_RESTARTS;
        } else if (status && isFinal(status)) this.#fail(explainPublishing(error));
        else await this.#connected(RETRY_MS);
      }
      if (this.#state === 'interrupted' && performance.now() - since > GIVE_UP_MS) this.#fail(LOST);
    }
    this.#mending = false;
  }

  /** Waits until something is told, at most for so long. */
  #connected(milliseconds: number): Promise<void> {
    if (this.#state === 'live' || this.#isOver) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = window.setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #fail(detail: string): void {
    if (this.#isOver) return;
    this.#session?.close();
    this.#tell('failed', detail);
    this.#wake();
  }

  #tell(state: PublishState, detail: string): void {
    this.#state = state;
    this.#onState(state, detail);
  }
}

/** Whether asking again would be answered alike. Not 409: the publisher in the way may be one's own session of before. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 409 && status !== 429;
}

function explainPublishing(error: unknown): string {
  if (error instanceof PublishRefused) return error.message;
  return error instanceof TypeError || error instanceof DOMException ? NO_ANSWER : explain(error);
}
