import type { Subject } from '../../../model/activity.ts';
import {
  isObject,
  linkOrNull,
  numberOrNull,
  type Payload,
  read,
  textOrNull,
  timeOrNull,
} from '../../../shared/payload.ts';
import { capitalised, spaced } from '../../../text/words.ts';
import { repositoryPage } from './common.ts';
import type { ActivityParts, Family } from './family.ts';

/** What is never the thing that an event is about. */
const AROUND = new Set(['repository', 'organization', 'sender', 'installation', 'enterprise', 'changes', 'action']);
const TITLES = ['title', 'name', 'display_title', 'full_name', 'slug', 'login', 'key', 'summary'];

/** For events that GitHub invents after this program was written: who, where, what and a link, never an error. */
export function generic(type: string): Family {
  return (payload) => {
    const action = textOrNull(payload, 'action');
    const found = subjectOf(payload, type);
    return {
      kind: 'activity',
      action,
      headline: capitalised([spaced(type), action === null ? '' : spaced(action)].join(' ').trim()),
      tone: 'neutral',
      ...found,
    } satisfies ActivityParts;
  };
}

/** The object named like the event, else the first one that has a page of its own; else the repository. */
function subjectOf(payload: Payload, type: string): Pick<ActivityParts, 'subject' | 'occurredAt'> {
  const candidates = [type, ...Object.keys(payload).filter((key) => !AROUND.has(key))];
  const key = candidates.find(
    (name) => isObject(read(payload, name)) && (name === type || linkOrNull(payload, `${name}.html_url`) !== null),
  );
  if (key === undefined) return { subject: placeOf(payload) };
  const title = TITLES.map((name) => textOrNull(payload, `${key}.${name}`)).find((text) => text !== null) ?? '';
  const number = numberOrNull(payload, `${key}.number`);
  return {
    subject: {
      noun: spaced(key),
      handle: number === null ? null : `#${number}`,
      title,
      url: linkOrNull(payload, `${key}.html_url`) ?? repositoryPage(payload),
    },
    occurredAt: timeOrNull(payload, `${key}.updated_at`) ?? timeOrNull(payload, `${key}.created_at`),
  };
}

function placeOf(payload: Payload): Subject | null {
  const title = textOrNull(payload, 'repository.full_name');
  return title === null ? null : { noun: 'repository', handle: null, title, url: repositoryPage(payload) };
}
