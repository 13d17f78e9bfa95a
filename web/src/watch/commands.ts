import type { Command } from './keyboard';
import type { WatchSession } from './session';

/** Speeds the viewer may choose. */
export const SPEEDS: readonly number[] = [0.75, 1, 1.25, 1.5, 2];

/** What a command may need besides the session. */
export interface CommandTargets {
  readonly session: WatchSession;
  /** The element that goes fullscreen: the video with its controls. */
  readonly player: HTMLElement;
  toggleStats(): void;
  showHelp(): void;
}

/** Carries out a command of the keyboard or a menu. */
export function carryOut(command: Command, targets: CommandTargets): void {
  const { session } = targets;
  const { video } = session;
  switch (command.kind) {
    case 'toggle-play':
      if (video.paused) void session.play();
      else video.pause();
      break;
    case 'seek':
      session.seekTo(video.currentTime + command.seconds);
      break;
    case 'fraction':
      session.seekTo(session.endSeconds * command.of);
      break;
    case 'start':
      session.startOver();
      break;
    case 'live':
      if (session.live) session.goLive();
      else session.seekTo(session.endSeconds);
      break;
    case 'volume':
      video.volume = Math.min(1, Math.max(0, video.volume + command.by));
      if (command.by > 0 && video.muted) session.unmute();
      break;
    case 'mute':
      if (video.muted) session.unmute();
      else video.muted = true;
      break;
    case 'speed':
      setSpeed(session, nextSpeed(video.playbackRate, command.step));
      break;
    case 'fullscreen':
      void toggleFullscreen(targets.player, video);
      break;
    case 'picture-in-picture':
      void togglePictureInPicture(video);
      break;
    case 'stats':
      targets.toggleStats();
      break;
    case 'help':
      targets.showHelp();
      break;
  }
}

/** The neighbouring speed; a rate in between, as while catching up, counts as the nearest. */
export function nextSpeed(rate: number, step: 1 | -1): number {
  const distance = (speed: number): number => Math.abs(speed - rate);
  const nearest = SPEEDS.reduce((best, speed) => (distance(speed) < distance(best) ? speed : best));
  return SPEEDS[SPEEDS.indexOf(nearest) + step] ?? nearest;
}

/** Sets the speed; at the live edge there is nothing to play faster. */
export function setSpeed(session: WatchSession, speed: number): void {
  session.video.playbackRate = speed > 1 && session.followsLive ? 1 : speed;
}

async function toggleFullscreen(player: HTMLElement, video: HTMLVideoElement): Promise<void> {
  const phone = video as HTMLVideoElement & { webkitEnterFullscreen?: () => void };
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (player.requestFullscreen) await player.requestFullscreen();
    else phone.webkitEnterFullscreen?.();
  } catch {
    return; // refused by the browser: the page stays as it is
  }
}

async function togglePictureInPicture(video: HTMLVideoElement): Promise<void> {
  try {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await video.requestPictureInPicture();
  } catch {
    return; // not supported, or refused
  }
}
