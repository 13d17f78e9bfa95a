import type Hls from 'hls.js';

/** The internals of hls.js that the fix reaches for. */
interface Details {
  readonly startSN: number;
  readonly partList: readonly { readonly fragment: { readonly sn: number | 'initSegment' } }[] | null;
}

interface Controller {
  shouldLoadParts?(details: Details | undefined, bufferEndSeconds: number): boolean;
}

/**
 * Keeps hls.js 1.7.4 from giving up on parts in the first seconds of a broadcast. To be removed with the hls.js release that
 * mends it.
 *
 * hls.js loads parts where the buffer reaches beyond the first part of the playlist by as much as the open segment has so
 * far. Where the playlist begins with a short segment and the open one is next, pictures or sound that come one part late do
 * not reach so far; that they could be loaded in parts all the same is not looked at. Then nothing of the open segment is
 * loaded until it is whole, and playback stands still for up to four seconds, just as it has begun. Where the parts reach back
 * to the playlist's first segment there is nothing that could not be loaded in parts.
 */
export function mendPartLoading(hls: Hls): void {
  const { streamController, audioStreamController } = hls as unknown as Record<string, Controller | undefined>;
  for (const controller of [streamController, audioStreamController]) {
    const original = controller?.shouldLoadParts?.bind(controller);
    if (!controller || !original) continue;
    controller.shouldLoadParts = (details, bufferEndSeconds) =>
      (details !== undefined && details.partList?.[0]?.fragment.sn === details.startSN) ||
      original(details, bufferEndSeconds);
  }
}
