import type { Broadcast, Broadcasts } from '../api/broadcasts';
import { h } from '../ui/dom';
import { posterAddress } from '../watch/access';

/** Broadcasts for which a playback session was asked for on this page, so that each is asked for once. */
const asked = new Set<string>();

/**
 * The broadcast's own picture, for over the drawn one; null where there can be none yet. Only what scrolls into view is
 * fetched. Where the origin refuses, which it does for all but public broadcasts, it takes a playback session first.
 */
export function photo(broadcast: Broadcast, broadcasts: Broadcasts): HTMLElement | null {
  if (broadcast.state !== 'LIVE' && broadcast.state !== 'ENDED') return null;
  const image = h('img', { class: 'poster photo', alt: '', loading: 'lazy', decoding: 'async' });
  image.addEventListener('error', () => {
    if (broadcast.publicAccess || asked.has(broadcast.id)) {
      image.remove();
      return;
    }
    asked.add(broadcast.id);
    broadcasts.openPlaybackSession(broadcast.id).then(
      () => {
        image.src = `${posterAddress(broadcast.id)}?`;
      },
      () => image.remove(),
    );
  });
  image.src = posterAddress(broadcast.id);
  return image;
}
