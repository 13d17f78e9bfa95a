import type { Broadcast } from '../api/broadcasts';

/** The library in reading order: what is on, what comes, what was. */
export interface Sections {
  readonly live: readonly Broadcast[];
  readonly upcoming: readonly Broadcast[];
  readonly replays: readonly Broadcast[];
}

/** Sorts broadcasts into sections: soonest first among those to come, newest first otherwise. Cancelled ones are left out. */
export function sectionsOf(broadcasts: readonly Broadcast[]): Sections {
  const of = (...states: Broadcast['state'][]): Broadcast[] => broadcasts.filter((b) => states.includes(b.state));
  const time = (text: string | null | undefined, missing: number): number =>
    text ? new Date(text).getTime() : missing;
  const newest = (a: Broadcast, b: Broadcast): number => time(b.startedAt, 0) - time(a.startedAt, 0);
  return {
    live: of('LIVE').sort(newest),
    upcoming: of('SCHEDULED', 'DRAFT').sort(
      (a, b) => time(a.startsAt, Number.MAX_SAFE_INTEGER) - time(b.startsAt, Number.MAX_SAFE_INTEGER),
    ),
    replays: of('ENDED').sort(newest),
  };
}
