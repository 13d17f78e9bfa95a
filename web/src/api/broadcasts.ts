import type { ApiClient } from './client';

export type BroadcastState = 'DRAFT' | 'SCHEDULED' | 'LIVE' | 'ENDED' | 'CANCELLED';
export type PublisherState = 'CONNECTED' | 'AWAY';
export type AudienceRule = { kind: 'PUBLIC' | 'SIGNED_IN' } | { kind: 'GROUP' | 'PERSON'; name: string };

/** A broadcast as the catalog describes it. Times are ISO 8601. */
export interface Broadcast {
  readonly id: string;
  readonly title: string;
  readonly description?: string | null;
  readonly state: BroadcastState;
  readonly publisher: PublisherState;
  readonly startsAt?: string | null;
  readonly startedAt?: string | null;
  readonly endedAt?: string | null;
  /** Length of what is closed so far; of all of it once ended. */
  readonly durationSeconds?: number | null;
  /** Whether it can be watched without signing in. */
  readonly publicAccess: boolean;
  readonly watchUrl: string;
  readonly hlsUrl: string;
  /** Only for whoever manages broadcasts. */
  readonly ingest?: Ingest | null;
}

/** Where a presenter sends to. The key is only there in the answer that made it. */
export interface Ingest {
  readonly rtmpUrl: string;
  readonly rtmpsUrl?: string;
  readonly whipUrl?: string;
  readonly streamKey?: string | null;
}

export interface BroadcastPage {
  readonly items: readonly Broadcast[];
  readonly nextCursor?: string | null;
}

export interface NewBroadcast {
  title: string;
  description?: string;
  startsAt?: string;
  audience: { rules: AudienceRule[] };
}

/** Permission to fetch the media of one broadcast; the cookie comes with the answer. */
export interface PlaybackSession {
  readonly hlsUrl: string;
  readonly tokenHlsUrl: string;
  readonly expiresAt: string;
}

/** The catalog's calls that the web app makes. Each rejects with {@link ApiProblem} or {@link Unreachable}. */
export class Broadcasts {
  constructor(private readonly api: ApiClient) {}

  list(filter: { query?: string; cursor?: string; limit?: number } = {}, signal?: AbortSignal): Promise<BroadcastPage> {
    const parameters = new URLSearchParams();
    if (filter.query) parameters.set('q', filter.query);
    if (filter.cursor) parameters.set('cursor', filter.cursor);
    if (filter.limit) parameters.set('limit', String(filter.limit));
    const query = parameters.size > 0 ? `?${parameters}` : '';
    return this.api.get<BroadcastPage>(`/broadcasts${query}`, signal);
  }

  get(id: string, signal?: AbortSignal): Promise<Broadcast> {
    return this.api.get(path(id), signal);
  }

  create(broadcast: NewBroadcast): Promise<Broadcast> {
    return this.api.post('/broadcasts', broadcast);
  }

  end(id: string): Promise<unknown> {
    return this.api.post(`${path(id)}/end`);
  }

  newStreamKey(id: string): Promise<Ingest & { keyId: string; streamKey: string }> {
    return this.api.post(`${path(id)}/stream-keys`);
  }

  /** A key for going live from this browser, good for a short time. */
  publishToken(id: string): Promise<Ingest & { streamKey: string }> {
    return this.api.post(`${path(id)}/publish-token`);
  }

  openPlaybackSession(id: string, signal?: AbortSignal): Promise<PlaybackSession> {
    return this.api.post(`${path(id)}/playback-session`, undefined, signal);
  }
}

function path(id: string): string {
  return `/broadcasts/${encodeURIComponent(id)}`;
}
