import type { HlsConfig } from 'hls.js';
import workerUrl from 'hls.js/dist/hls.worker.js?url';

/** Fastest playback while catching up with the live edge: not audible. */
export const CATCH_UP_RATE = 1.05;

/**
 * How hls.js plays a Rostrum broadcast. Retries are patient: a restarted service or a failed-over edge is back within
 * seconds, and a viewer who waits sees the broadcast go on by itself.
 */
export function hlsConfig(bandwidthBitsPerSecond: number | null): Partial<HlsConfig> {
  const retry = { maxNumRetry: 8, retryDelayMs: 500, maxRetryDelayMs: 4000, backoff: 'linear' as const };
  return {
    lowLatencyMode: true,
    maxLiveSyncPlaybackRate: CATCH_UP_RATE,
    // A finite duration is what makes the seek bar reach from the first second to the edge.
    liveDurationInfinity: false,
    backBufferLength: 60,
    maxBufferLength: 30,
    capLevelToPlayerSize: true,
    // A file of its own: the built-in worker starts from a blob:, which a strict Content-Security-Policy refuses.
    enableWorker: true,
    workerPath: workerUrl,
    abrEwmaDefaultEstimate: bandwidthBitsPerSecond ?? 5_000_000,
    manifestLoadPolicy: {
      default: {
        maxTimeToFirstByteMs: 10_000,
        maxLoadTimeMs: 20_000,
        timeoutRetry: { maxNumRetry: 2, retryDelayMs: 0, maxRetryDelayMs: 0 },
        errorRetry: retry,
      },
    },
    playlistLoadPolicy: {
      default: {
        maxTimeToFirstByteMs: 10_000,
        maxLoadTimeMs: 20_000,
        timeoutRetry: { maxNumRetry: 4, retryDelayMs: 0, maxRetryDelayMs: 0 },
        errorRetry: { ...retry, maxNumRetry: 16 },
      },
    },
    fragLoadPolicy: {
      default: {
        maxTimeToFirstByteMs: 10_000,
        maxLoadTimeMs: 120_000,
        timeoutRetry: { maxNumRetry: 4, retryDelayMs: 0, maxRetryDelayMs: 0 },
        errorRetry: retry,
      },
    },
  };
}
