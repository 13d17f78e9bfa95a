/** Where a viewer asked to start: an offset from the first frame, or a moment on the wall clock. */
export type StartPosition = { kind: 'offset'; seconds: number } | { kind: 'moment'; date: Date };

const UNITS = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads the `t` of an address: seconds (`754`, `754.5`, `12m34s`, `1h2m3s`) or a wall-clock time in ISO 8601
 * (`2026-11-20T14:03:00Z`; without a zone it is the viewer's). Null for none and for anything else: a link with a
 * broken `t` still plays, from the usual place.
 */
export function parseStartPosition(text: string | null): StartPosition | null {
  // A "+" of a time zone that was not escaped arrives as a space.
  const value = text?.trim().replace(/ (?=\d{2}:?\d{2}$)/, '+');
  if (!value) return null;
  if (MOMENT.test(value)) {
    const date = new Date(value);
    return Number.isNaN(date.getTime()) ? null : { kind: 'moment', date };
  }
  const units = UNITS.exec(value);
  if (!units) return null;
  const seconds = Number(units[1] ?? 0) * 3600 + Number(units[2] ?? 0) * 60 + Number(units[3] ?? 0);
  return Number.isFinite(seconds) ? { kind: 'offset', seconds } : null;
}

/** The `t` for a link to this moment: wall clock while live, since the offset is not known to everyone yet. */
export function startParameter(live: boolean, currentSeconds: number, date: Date | null): string {
  if (live && date) return `${date.toISOString().slice(0, 19)}Z`;
  return String(Math.max(0, Math.floor(currentSeconds)));
}
