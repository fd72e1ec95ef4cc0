import type { Mention } from '../../model/notification.ts';
import { label } from './escape.ts';

/** More names than this are not read; those left out are counted. */
const SHOWN = 10;

/**
 * Whom these mentions call, each once: `<@U012>, <!subteam^S012>, <!here>, mona`, or '' when nobody is called. In a block it
 * pings them; in a message's `text` it makes their phones ring. At most 650 characters.
 */
export function callOut(mentions: readonly Mention[]): string {
  const called = new Set(mentions.map(tag).filter(Boolean));
  const shown = [...called].slice(0, SHOWN).join(', ');
  return called.size > SHOWN ? `${shown} and ${called.size - SHOWN} more` : shown;
}

/** Only what is an id of Slack's, or a rule's word for everybody, becomes a mention; anything else is a name to read. */
function tag({ name, ids, audience }: Mention): string {
  if (audience !== undefined) return `<!${audience}>`;
  const id = ids['slack'] ?? '';
  if (/^[UW][A-Z0-9]{2,20}$/.test(id)) return `<@${id}>`;
  if (/^S[A-Z0-9]{2,20}$/.test(id)) return `<!subteam^${id}>`;
  return label(name, 60);
}
