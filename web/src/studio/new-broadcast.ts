import type { AudienceRule, NewBroadcast } from '../api/broadcasts';

/** Audience as the form offers it. */
export type AudienceChoice = 'PUBLIC' | 'SIGNED_IN' | 'NAMED';

/** What the form holds, as typed. */
export interface BroadcastForm {
  readonly title: string;
  readonly description: string;
  /** Local date and time of the input, such as `2026-12-04T14:00`, or empty. */
  readonly startsAt: string;
  readonly audience: AudienceChoice;
  /** Groups and persons, separated by commas; a person is written with a leading `@`. */
  readonly names: string;
}

/** Turns the form into a request; throws an Error with a sentence for the reader when it cannot. */
export function newBroadcast(form: BroadcastForm): NewBroadcast {
  const title = form.title.trim();
  if (!title) throw new Error('Give the broadcast a title.');
  const description = form.description.trim();
  const starts = form.startsAt ? new Date(form.startsAt) : null;
  if (starts && Number.isNaN(starts.getTime())) throw new Error('The start is not a date and time.');
  return {
    title,
    ...(description ? { description } : {}),
    ...(starts ? { startsAt: starts.toISOString() } : {}),
    audience: { rules: rulesOf(form) },
  };
}

function rulesOf(form: BroadcastForm): AudienceRule[] {
  if (form.audience !== 'NAMED') return [{ kind: form.audience }];
  const names = form.names
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0) throw new Error('Name at least one group, or a person as @name.');
  return names.map((name) =>
    name.startsWith('@') ? { kind: 'PERSON', name: name.slice(1) } : { kind: 'GROUP', name },
  );
}
