/** What is told while going live. */
export type PublishState = 'connecting' | 'live' | 'interrupted' | 'stopped' | 'failed';

/** A refusal, in words for the presenter. */
export class PublishRefused extends Error {}

const CONNECT_TIMEOUT_MS = 20_000;
// A broken way often mends itself; after this long it is better to begin anew.
const INTERRUPTION_MS = 8_000;
const PREFERRED_VIDEO = ['video/H264', 'video/VP8', 'video/VP9', 'video/AV1'];

/** Sends a stream to a WHIP address (RFC 9725). One for each time of going live. */
export class WhipPublisher {
  readonly #peer = new RTCPeerConnection();
  readonly #onState: (state: PublishState, detail: string) => void;
  #resource: string | null = null;
  #state: PublishState = 'connecting';
  #timer = 0;

  constructor(stream: MediaStream, onState: (state: PublishState, detail: string) => void) {
    this.#onState = onState;
    for (const track of stream.getTracks()) {
      const transceiver = this.#peer.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
      if (track.kind === 'video') preferVideo(transceiver);
    }
    this.#peer.addEventListener('connectionstatechange', () => this.#connectionChanged());
  }

  /** Rejects with {@link PublishRefused}, or with what went wrong on the way. */
  async start(url: string, key: string): Promise<void> {
    await this.#peer.setLocalDescription();
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', authorization: `Bearer ${key}` },
      body: this.#peer.localDescription?.sdp ?? '',
    });
    if (answer.status !== 201) throw new PublishRefused(await refusal(answer));
    this.#resource = new URL(answer.headers.get('location') ?? '', new URL(url, location.href)).href;
    if (this.#state === 'stopped') {
      // Stopped while the server made up its mind.
      this.#delete();
      return;
    }
    await this.#peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    this.#failAfter(CONNECT_TIMEOUT_MS, 'No connection came about. A firewall may block UDP: try another network.');
  }

  /** Ends it; repeating it changes nothing. */
  stop(): void {
    if (this.#state === 'stopped') return;
    this.#close();
    this.#tell('stopped', '');
  }

  /** What is sent, in bits per second since the last call; null before the second. */
  async bitsPerSecond(): Promise<number | null> {
    let bytes = 0;
    let at = 0;
    for (const report of (await this.#peer.getStats()).values()) {
      if (report.type === 'outbound-rtp') {
        bytes += report.bytesSent;
        at = report.timestamp;
      }
    }
    const before = this.#sent;
    this.#sent = { bytes, at };
    return before && at > before.at ? ((bytes - before.bytes) * 8000) / (at - before.at) : null;
  }
  #sent: { bytes: number; at: number } | null = null;

  #connectionChanged(): void {
    if (this.#state === 'stopped' || this.#state === 'failed') return;
    switch (this.#peer.connectionState) {
      case 'connected':
        clearTimeout(this.#timer);
        this.#tell('live', '');
        break;
      case 'disconnected':
        this.#tell('interrupted', 'The connection is interrupted.');
        this.#failAfter(INTERRUPTION_MS, 'The connection was lost. Go live again: viewers stay where they are.');
        break;
      case 'failed':
      case 'closed':
        this.#fail('The connection was lost. Go live again: viewers stay where they are.');
        break;
    }
  }

  #failAfter(milliseconds: number, detail: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#fail(detail), milliseconds);
  }

  #fail(detail: string): void {
    if (this.#state === 'stopped' || this.#state === 'failed') return;
    this.#close();
    this.#tell('failed', detail);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#peer.close();
    this.#delete();
  }

  #delete(): void {
    // Also where the page is being left; whether it arrives does not matter, silence ends it as well.
    if (this.#resource) fetch(this.#resource, { method: 'DELETE', keepalive: true }).catch(() => {});
    this.#resource = null;
  }

  #tell(state: PublishState, detail: string): void {
    this.#state = state;
    this.#onState(state, detail);
  }
}

/** H.264 first: most machines encode it in hardware. */
function preferVideo(transceiver: RTCRtpTransceiver): void {
  const known = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
  const rank = (codec: { mimeType: string }): number => {
    const at = PREFERRED_VIDEO.indexOf(codec.mimeType);
    return at < 0 ? PREFERRED_VIDEO.length : at;
  };
  if (known.length > 0) transceiver.setCodecPreferences([...known].sort((a, b) => rank(a) - rank(b)));
}

async function refusal(answer: Response): Promise<string> {
  try {
    const problem = await answer.json();
    if (typeof problem?.detail === 'string') return problem.detail;
  } catch {
    // Not from the ingest service: said below.
  }
  return answer.status >= 500
    ? 'The ingest service does not answer. Try again in a moment.'
    : `The ingest service refused (${answer.status}). Reload the page and try again.`;
}
