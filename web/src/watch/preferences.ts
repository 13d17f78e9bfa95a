/** What a viewer set once and expects to find again, in this browser. */
export interface Preferences {
  readonly volume: number;
  readonly muted: boolean;
  /** Height of the chosen quality, such as `720p`, or null for automatic. */
  readonly quality: string | null;
  /** Throughput last measured: the first segments of the next visit start from it. */
  readonly bandwidthBitsPerSecond: number | null;
}

const KEY = 'rostrum.player';
const DEFAULTS: Preferences = { volume: 1, muted: false, quality: null, bandwidthBitsPerSecond: null };

/** Reads the kept preferences; anything missing or malformed is its default. */
export function preferencesOf(text: string | null): Preferences {
  let kept: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    kept = (JSON.parse(text ?? '{}') as typeof kept) ?? {};
  } catch {
    return DEFAULTS;
  }
  const { volume, muted, quality, bandwidthBitsPerSecond: bandwidth } = kept;
  return {
    volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : DEFAULTS.volume,
    muted: typeof muted === 'boolean' ? muted : DEFAULTS.muted,
    quality: typeof quality === 'string' ? quality : null,
    bandwidthBitsPerSecond: typeof bandwidth === 'number' && bandwidth > 0 ? bandwidth : null,
  };
}

export function loadPreferences(): Preferences {
  try {
    return preferencesOf(localStorage.getItem(KEY));
  } catch {
    return DEFAULTS; // storage is blocked
  }
}

export function keepPreferences(change: Partial<Preferences>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...loadPreferences(), ...change }));
  } catch {
    return; // storage is blocked or full: the next visit starts from the defaults
  }
}
