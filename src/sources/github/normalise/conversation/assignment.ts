import { type Payload, textOrNull } from '../../../../shared/payload.ts';
import * as hosting from '../../../../telling/hosting/words.ts';
import { enumerated } from '../../../../text/words.ts';
import { asName, isSender, namesOf } from '../people.ts';
import { named, openedBy, type Topic } from './topic.ts';
import type { Wording } from './wording.ts';

/** `assigned issue #12 to mona`, or themselves to it. */
export function assigned(payload: Payload, topic: Topic): Wording {
  const login = textOrNull(payload, 'assignee.login');
  return {
    ...hosting.assigned(named(payload, topic), whom(payload)),
    facts: [openedBy(payload, topic)],
    asked: login === null ? [] : [login],
  };
}

/** `unassigned mona from issue #12`, or themselves. */
export function unassigned(payload: Payload, topic: Topic): Wording {
  return { ...hosting.unassigned(named(payload, topic), whom(payload)), facts: [openedBy(payload, topic)] };
}

/** `assigned to mona, hubot` */
export function assigneesOf(payload: Payload, { root }: Topic): string | null {
  const names = enumerated(namesOf(payload, `${root}.assignees`));
  return names === null ? null : `assigned to ${names}`;
}

/** '' where nobody is named. */
function whom(payload: Payload): string {
  const login = textOrNull(payload, 'assignee.login') ?? '';
  return isSender(payload, login) ? hosting.THEMSELVES : asName(login);
}
