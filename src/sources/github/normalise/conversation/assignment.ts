import { type Payload, textOrNull } from '../../../../shared/payload.ts';
import { capitalised, enumerated } from '../../../../text/words.ts';
import { asName, isSender, namesOf } from '../people.ts';
import { openedBy, type Topic } from './topic.ts';
import { say, type Wording } from './wording.ts';

/** `assigned issue #12 to mona`, or themselves to it. */
export function assigned(payload: Payload, topic: Topic): Wording {
  const who = whom(payload);
  const did = who === THEMSELVES ? 'assigned themselves to {it}' : `assigned {it}${who && ` to ${who}`}`;
  const login = textOrNull(payload, 'assignee.login');
  return {
    ...say(`${capitalised(topic.noun)} assigned`, did),
    facts: [openedBy(payload, topic)],
    asked: login === null ? [] : [login],
  };
}

/** `unassigned mona from issue #12`, or themselves. */
export function unassigned(payload: Payload, topic: Topic): Wording {
  const who = whom(payload);
  const did = who === '' ? 'unassigned {it}' : `unassigned ${who} from {it}`;
  return { ...say(`${capitalised(topic.noun)} unassigned`, did), facts: [openedBy(payload, topic)] };
}

/** `assigned to mona, hubot` */
export function assigneesOf(payload: Payload, { root }: Topic): string | null {
  const names = enumerated(namesOf(payload, `${root}.assignees`));
  return names === null ? null : `assigned to ${names}`;
}

const THEMSELVES = 'themselves';

/** '' where nobody is named. */
function whom(payload: Payload): string {
  const login = textOrNull(payload, 'assignee.login') ?? '';
  return isSender(payload, login) ? THEMSELVES : asName(login);
}
