import type { Sum } from '../../../../model/activity.ts';
import { enumerated, spaced } from '../../../../text/words.ts';
import { asWords } from '../people.ts';

/** `dismissed: not used`; GitHub writes some reasons with an underscore. Null where it gives none. */
export function dismissal(reason: string | null): string | null {
  return reason === null ? null : `dismissed: ${spaced(reason)}`;
}

/** `3 new Dependabot alerts`, `5 Dependabot alerts: 3 new, 2 reopened` */
export function newAlert(noun: string): Sum {
  return { noun, part: 'new', alone: `new ${noun}` };
}

/** `{whom}` of a `did` becomes ` to mona, hubot`; nobody: the sentence says that it is assigned to nobody any more. */
export function withAssignees(did: string | null, assignees: readonly string[]): string | null {
  const names = enumerated(assignees.map(asWords));
  return did?.replace('{whom}', () => (names === null ? ' to nobody' : ` to ${names}`)) ?? null;
}
