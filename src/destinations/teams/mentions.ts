import type { Mention } from '../../model/notification.ts';
import { cut, oneLine } from '../../text/plain.ts';
import type { Entity } from './card.ts';
import { USER } from './shapes.ts';

/** More names than this are not read; those left out are counted. */
const SHOWN = 10;
const ID = new RegExp(USER);

export interface CallOut {
  /** `→ <at>mona</at>, <at>lena k</at>`; '' when nobody is called. */
  readonly called: string;
  readonly entities: readonly Entity[];
  /** `→ acme/backend, here`: who has no id here. */
  readonly named: string;
}

/** Each once. Whom to call comes out of the configuration alone, never out of a text. */
export function callOut(mentions: readonly Mention[]): CallOut {
  const ids = new Map<string, string>();
  const names = new Set<string>();
  for (const {
    name,
    audience,
    ids: { teams = '' },
  } of mentions) {
    const shown = cut(oneLine(name), 60);
    // Within the tag Markdown would be read.
    const label = shown.replace(/[^\p{L}\p{N} .-]/gu, ' ').trim();
    if (audience === undefined && ID.test(teams) && label !== '') ids.set(teams, label);
    else if (shown !== '') names.add(shown);
  }
  const entities = [...ids].slice(0, SHOWN).map(([id, name], index, all): Entity => {
    // Two of one name are told apart by it: an entity is found by its text.
    const isTwice = all.findIndex(([, other]) => other === name) !== index;
    const label = isTwice ? `${name} ${index + 1}` : name;
    return { type: 'mention', text: `<at>${label}</at>`, mentioned: { id, name: label } };
  });
  const uncalled = ids.size > SHOWN ? ` and ${ids.size - SHOWN} more` : '';
  const rest = names.size > SHOWN ? ` and ${names.size - SHOWN} more` : '';
  return {
    called: entities.length === 0 ? '' : `→ ${entities.map(({ text }) => text).join(', ')}${uncalled}`,
    entities,
    named: names.size === 0 ? '' : `→ ${[...names].slice(0, SHOWN).join(', ')}${rest}`,
  };
}
