/** Where a path leads. */
export type Route =
  | { name: 'library'; query: string }
  | { name: 'watch'; id: string; at: string | null }
  | { name: 'studio' }
  | { name: 'go-live'; id: string }
  | { name: 'sign-in-callback' }
  | { name: 'not-found' };

/** Path that the identity provider returns to. */
export const CALLBACK_PATH = '/signed-in';

/** Reads an address of this app. A trailing slash means nothing; an id is decoded but otherwise taken as it is. */
export function parseRoute(pathname: string, search = ''): Route {
  const query = new URLSearchParams(search);
  const steps = pathname.split('/').filter(Boolean);
  if (steps.length === 0) return { name: 'library', query: query.get('q') ?? '' };
  if (steps.length === 1 && steps[0] === 'studio') return { name: 'studio' };
  if (steps.length === 1 && `/${steps[0]}` === CALLBACK_PATH) return { name: 'sign-in-callback' };
  if (steps.length === 2 && steps[0] === 'watch' && steps[1]) {
    const id = decode(steps[1]);
    if (id !== null) return { name: 'watch', id, at: query.get('t') };
  }
  if (steps.length === 3 && steps[0] === 'studio' && steps[1] && steps[2] === 'live') {
    const id = decode(steps[1]);
    if (id !== null) return { name: 'go-live', id };
  }
  return { name: 'not-found' };
}

export function watchPath(id: string): string {
  return `/watch/${encodeURIComponent(id)}`;
}

export function goLivePath(id: string): string {
  return `/studio/${encodeURIComponent(id)}/live`;
}

function decode(step: string): string | null {
  try {
    return decodeURIComponent(step);
  } catch {
    return null; // a malformed escape such as %zz names nothing
  }
}
