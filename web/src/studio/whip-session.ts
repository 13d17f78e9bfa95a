import { iceServers } from './link-header';

/** A refusal of the ingest service, in words for the presenter. */
export class PublishRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What a session sends; each may change, or be missing for a while, without the ingest service being asked. */
export interface Sent {
  readonly video: MediaStreamTrack | null;
  readonly audio: MediaStreamTrack | null;
}

const PREFERRED_VIDEO = ['video/H264', 'video/VP8', 'video/VP9', 'video/AV1'];
const ANSWER_TIMEOUT_MS = 10_000;

/** One peer connection and its session at the ingest service (RFC 9725). Opened once. */
export class WhipSession {
  readonly #peer = new RTCPeerConnection();
  readonly #senders: Readonly<Record<keyof Sent, RTCRtpSender>>;
  #resource: string | null = null;
  #answer = '';
  #closed = false;
  readonly #onState: (state: RTCPeerConnectionState) => void;

  constructor(sent: Sent, onState: (state: RTCPeerConnectionState) => void) {
    this.#onState = onState;
    const stream = new MediaStream();
    const offer = (kind: keyof Sent): RTCRtpTransceiver =>
      this.#peer.addTransceiver(sent[kind] ?? kind, { direction: 'sendonly', streams: [stream] });
    // Both are offered always: what is not there yet may be chosen later, and a session cannot be offered anew.
    const audio = offer('audio');
    const video = offer('video');
    preferVideo(video);
    this.#senders = { audio: audio.sender, video: video.sender };
    this.#peer.addEventListener('connectionstatechange', () => {
      if (!this.#closed) onState(this.#peer.connectionState);
    });
  }

  /** Rejects with {@link PublishRefused}, or with what went wrong on the way. */
  async open(url: string, key: string): Promise<void> {
    const offer = await this.#peer.createOffer();
    const answer = await request(url, 'POST', {
      body: offer.sdp ?? '',
      headers: { 'content-type': 'application/sdp', authorization: `Bearer ${key}` },
    });
    this.#resource = new URL(answer.headers.get('location') ?? '', new URL(url, location.href)).href;
    if (this.#closed) {
      // Given up while the server made up its mind.
      this.#delete();
      return;
    }
    this.#answer = await answer.text();
    // RFC 9725 §4.6: the servers come with the answer. Candidates are gathered from the local description on, and not before.
    const servers = iceServers(answer.headers.get('link'));
    if (servers.length > 0) this.#peer.setConfiguration({ iceServers: servers });
    await this.#peer.setLocalDescription(offer);
    await this.#peer.setRemoteDescription({ type: 'answer', sdp: this.#answer });
    // Browsers take a server that says goodbye for one that is silent, and notice seconds later.
    const transport = this.#senders.video.transport;
    transport?.addEventListener('statechange', () => {
      if (!this.#closed && transport.state === 'closed') this.#onState('failed');
    });
  }

  /** Looks for a way to the server once more (RFC 9725 §4.3.3). Rejects like {@link open}; the session may be gone. */
  async restartIce(): Promise<void> {
    if (!this.#resource) throw new PublishRefused(404, 'This session never was.');
    const offer = await this.#peer.createOffer({ iceRestart: true });
    const told = await request(this.#resource, 'PATCH', {
      body: iceAttributes(offer.sdp ?? ''),
      headers: { 'content-type': 'application/trickle-ice-sdpfrag', 'if-match': '*' },
    });
    this.#answer = withIceOf(this.#answer, await told.text());
    if (this.#closed) return;
    await this.#peer.setLocalDescription(offer);
    await this.#peer.setRemoteDescription({ type: 'answer', sdp: this.#answer });
  }

  /** Sends other tracks from now on. */
  async send(sent: Sent): Promise<void> {
    await Promise.all([this.#senders.video.replaceTrack(sent.video), this.#senders.audio.replaceTrack(sent.audio)]);
  }

  /** Bytes sent so far, and the time of this in milliseconds. */
  async sentBytes(): Promise<{ bytes: number; at: number }> {
    let bytes = 0;
    let at = 0;
    for (const report of (await this.#peer.getStats()).values()) {
      if (report.type === 'outbound-rtp') {
        bytes += report.bytesSent;
        at = report.timestamp;
      }
    }
    return { bytes, at };
  }

  /** Ends it; repeating it changes nothing. */
  close(): void {
    this.#closed = true;
    this.#peer.close();
    this.#delete();
  }

  #delete(): void {
    // Also where the page is being left; whether it arrives does not matter, silence ends it as well.
    if (this.#resource) fetch(this.#resource, { method: 'DELETE', keepalive: true }).catch(() => {});
    this.#resource = null;
  }
}

async function request(url: string, method: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, { method, ...init, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  if (!answer.ok) throw new PublishRefused(answer.status, await refusal(answer));
  return answer;
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

function attribute(sdp: string, name: string): string {
  return new RegExp(`^a=${name}:(\\S+)`, 'm').exec(sdp)?.[1] ?? '';
}

/** What a restart tells of an offer (RFC 8840 §9): all media go one way, so that once is enough. */
export function iceAttributes(offer: string): string {
  return ['ice-ufrag', 'ice-pwd'].map((name) => `a=${name}:${attribute(offer, name)}\r\n`).join('');
}

/** An answer with the name, the password and the candidates that a restart's fragment tells. */
export function withIceOf(answer: string, fragment: string): string {
  const candidates = fragment.match(/^a=candidate:.*$/gm) ?? [];
  const lines = answer.split('\r\n').flatMap((line) => {
    if (line.startsWith('a=ice-ufrag:')) return [`a=ice-ufrag:${attribute(fragment, 'ice-ufrag')}`];
    if (line.startsWith('a=ice-pwd:')) return [`a=ice-pwd:${attribute(fragment, 'ice-pwd')}`, ...candidates];
    return line.startsWith('a=candidate:') ? [] : [line];
  });
  return lines.join('\r\n');
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
