import type { Audience, Mention } from '../../model/notification.ts';
import type { AllowedMentions } from './embed.ts';
import { label } from './escape.ts';

/** More names than this are not read; those left out are counted. */
const SHOWN = 10;
const PERSON = /^\d{15,21}$/;
const ROLE = /^&(\d{15,21})$/;

export interface CallOut {
  /** `→ <@80351110224678912>, <@&165511591545143296>, @here, mona`; '' when nobody is called. At most 700 characters. */
  readonly content: string;
  readonly allowed: AllowedMentions;
  /** Whether somebody's phone rings. */
  readonly rings: boolean;
}

/**
 * Whom these mentions call, each once. Only what is an id of Discord's, or a rule's word for everybody, rings; anything else is
 * a name to read.
 */
export function callOut(mentions: readonly Mention[]): CallOut {
  const called = [...new Map(mentions.map((mention) => [tag(mention), mention])).entries()].filter(([text]) => text);
  const shown = called.slice(0, SHOWN);
  const rest = called.length > SHOWN ? ` and ${called.length - SHOWN} more` : '';
  const ids = shown.map(([, { ids, audience }]) => (audience === undefined ? (ids['discord'] ?? '') : ''));
  const users = ids.filter((id) => PERSON.test(id));
  const roles = ids.flatMap((id) => ROLE.exec(id)?.[1] ?? []);
  const parse = shown.some(([, { audience }]) => audience !== undefined) ? (['everyone'] as const) : ([] as const);
  return {
    content: shown.length === 0 ? '' : `→ ${shown.map(([text]) => text).join(', ')}${rest}`,
    allowed: { parse, users, roles },
    rings: users.length + roles.length + parse.length > 0,
  };
}

const EVERYBODY: Readonly<Record<Audience, string>> = { here: '@here', channel: '@everyone' };

/** No name has an `@`: neither a backslash nor a blank of no width keeps Discord from reading one where everybody may be called. */
function tag({ name, audience, ids: { discord = '' } }: Mention): string {
  if (audience !== undefined) return EVERYBODY[audience];
  return PERSON.test(discord) || ROLE.test(discord) ? `<@${discord}>` : label(name.replaceAll('@', ''), 60);
}
