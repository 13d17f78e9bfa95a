import type { WatchSession } from './session';

const SKIP_SECONDS = 10;

/** Hooks the visit up with the system's media keys and lock screen; returns what unhooks it. */
export function connectMediaSession(session: WatchSession): () => void {
  const { mediaSession } = navigator;
  if (!mediaSession) return () => undefined;
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ['play', () => void session.play()],
    ['pause', () => session.video.pause()],
    ['seekbackward', (d) => session.seekTo(session.video.currentTime - (d.seekOffset ?? SKIP_SECONDS))],
    ['seekforward', (d) => session.seekTo(session.video.currentTime + (d.seekOffset ?? SKIP_SECONDS))],
    ['seekto', (d) => d.seekTime !== undefined && session.seekTo(d.seekTime)],
  ];
  for (const [action, handler] of handlers) setHandler(mediaSession, action, handler);
  const describe = (): void => {
    const title = session.broadcast?.title;
    if (title && mediaSession.metadata?.title !== title) {
      mediaSession.metadata = new MediaMetadata({ title, artist: 'Rostrum' });
    }
  };
  session.addEventListener('change', describe);
  return () => {
    session.removeEventListener('change', describe);
    for (const [action] of handlers) setHandler(mediaSession, action, null);
    mediaSession.metadata = null;
  };
}

function setHandler(target: MediaSession, action: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
  try {
    target.setActionHandler(action, handler);
  } catch {
    return; // an action this browser does not know
  }
}
