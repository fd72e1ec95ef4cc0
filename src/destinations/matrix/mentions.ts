import type { Mention } from '../../model/notification.ts';
import { cut, oneLine } from '../../text/plain.ts';
import { escapeHtml, inert } from './escape.ts';
import { USER } from './shapes.ts';

/** More names than this are not read; those left out are counted. */
const SHOWN = 10;
const ID = new RegExp(USER);

export interface CallOut {
  /** `→ mona, @room, lena-k`; '' when nobody is called. */
  readonly text: string;
  /** The same, its people as links that show as pills. */
  readonly html: string;
  readonly mentions: { readonly user_ids?: readonly string[]; readonly room?: true };
}

/** Each once. Only what is a user of Matrix's, or a rule's word for everybody, is called. */
export function callOut(mentions: readonly Mention[]): CallOut {
  const shown = [...new Map(mentions.map((mention) => [keyOf(mention), mention])).values()]
    .filter((mention) => nameOf(mention) !== '')
    .slice(0, SHOWN);
  if (shown.length === 0) return { text: '', html: '', mentions: {} };
  const all = new Set(mentions.map(keyOf)).size;
  const more = all > SHOWN ? ` and ${all - SHOWN} more` : '';
  const users = shown.map(userOf).filter((id) => id !== '');
  const isRoom = shown.some(({ audience }) => audience !== undefined);
  return {
    text: `→ ${shown.map((mention) => inert(nameOf(mention))).join(', ')}${more}`,
    html: `→ ${shown.map(tag).join(', ')}${more}`,
    mentions: { ...(users.length > 0 && { user_ids: users }), ...(isRoom && { room: true }) },
  };
}

function keyOf(mention: Mention): string {
  return userOf(mention) || nameOf(mention);
}

function userOf({ audience, ids: { matrix = '' } }: Mention): string {
  return audience === undefined && ID.test(matrix) ? matrix : '';
}

function nameOf({ name, audience }: Mention): string {
  return audience === undefined ? cut(oneLine(name), 60) : '@room';
}

function tag(mention: Mention): string {
  const user = userOf(mention);
  const name = escapeHtml(nameOf(mention));
  return user === '' ? name : `<a href="https://matrix.to/#/${encodeURIComponent(user)}">${name}</a>`;
}
