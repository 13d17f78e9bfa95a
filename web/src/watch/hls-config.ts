import type { HlsConfig } from 'hls.js';

/**
 * How hls.js plays a Rostrum broadcast. Its own retries bridge a blink; what lasts longer is the engine's to retry, without
 * end and further apart.
 */
export function hlsConfig(bandwidthBitsPerSecond: number | null): Partial<HlsConfig> {
  const retry = { maxNumRetry: 3, retryDelayMs: 500, maxRetryDelayMs: 2000, backoff: 'exponential' as const };
  // Playlists at a steady pace: the first one may have no whole segment yet, and it is soon there.
  const steady = { ...retry, backoff: 'linear' as const };
  return {
    lowLatencyMode: true,
    // The engine keeps the pace.
    maxLiveSyncPlaybackRate: 1,
    // One part more behind the edge after a stall, until it is forgotten (StallMemory).
    liveSyncOnStallIncrease: 0.5,
    // A finite duration is what makes the seek bar reach from the first second to the edge.
    liveDurationInfinity: false,
    backBufferLength: 60,
    maxBufferLength: 30,
    capLevelToPlayerSize: true,
    // Of CMAF hls.js only reads the boxes. A worker saves nothing then, and its start holds up the first picture.
    enableWorker: false,
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
        errorRetry: steady,
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
