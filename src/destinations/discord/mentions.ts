import type { Mention } from '../../model/notification.ts';
import type { AllowedMentions } from './embed.ts';
import { label } from './escape.ts';

/** More names than this are not read; those left out are counted. */
const SHOWN = 10;
const PERSON = /^\d{15,21}$/;
const ROLE = /^&(\d{15,21})$/;

export interface CallOut {
  /** `→ <@80351110224678912>, <@&165511591545143296>, mona`; '' when nobody is called. At most 700 characters. */
  readonly content: string;
  readonly allowed: AllowedMentions;
  /** Whether somebody's phone rings. */
  readonly rings: boolean;
}

/** Whom these mentions call, each once. Only what is an id of Discord's rings; anything else is a name to read. */
export function callOut(mentions: readonly Mention[]): CallOut {
  const called = [...new Map(mentions.map((mention) => [tag(mention), mention])).entries()].filter(([text]) => text);
  const shown = called.slice(0, SHOWN);
  const rest = called.length > SHOWN ? ` and ${called.length - SHOWN} more` : '';
  const ids = shown.map(
    ([
      ,
      {
        ids: { discord = '' },
      },
    ]) => discord,
  );
  const users = ids.filter((id) => PERSON.test(id));
  const roles = ids.flatMap((id) => ROLE.exec(id)?.[1] ?? []);
  return {
    content: shown.length === 0 ? '' : `→ ${shown.map(([text]) => text).join(', ')}${rest}`,
    allowed: { parse: [], users, roles },
    rings: users.length + roles.length > 0,
  };
}

function tag({ name, ids: { discord = '' } }: Mention): string {
  return PERSON.test(discord) || ROLE.test(discord) ? `<@${discord}>` : label(name, 60);
}
