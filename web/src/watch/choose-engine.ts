import Hls from 'hls.js';
import type { Engine, EngineListener } from './engine';
import { HlsEngine } from './hls-engine';
import { NativeEngine } from './native-engine';
import type { Preferences } from './preferences';

/**
 * Apple's browsers play by themselves: low-latency HLS, AirPlay, picture-in-picture and battery life are best there, and
 * an iPhone has no Media Source Extensions before iOS 17.1. Other browsers that claim HLS (Chromium does on some
 * platforms) are younger at it than hls.js. Null when the browser can do neither.
 */
export function chooseEngine(
  video: HTMLVideoElement,
  listener: EngineListener,
  preferences: Preferences,
): Engine | null {
  const native = video.canPlayType('application/vnd.apple.mpegurl') !== '';
  const apple = navigator.vendor.startsWith('Apple');
  if (native && apple) return new NativeEngine(video, listener);
  if (Hls.isSupported()) return new HlsEngine(video, listener, preferences);
  return native ? new NativeEngine(video, listener) : null;
}
