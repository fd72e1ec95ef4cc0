import type { Activity, Mention } from '../../model/activity.ts';
import { label } from './escape.ts';

/** More names than this are not read; those left out are counted. */
const SHOWN = 10;

/**
 * Whom these activities call, each once: `<@U012>, <!subteam^S012>, mona`, or '' when nobody is called. In a block it
 * pings them; in a message's `text` it makes their phones ring. At most 650 characters.
 */
export function callOut(activities: readonly Pick<Activity, 'mentions'>[]): string {
  const called = new Set(activities.flatMap(({ mentions }) => mentions.map(tag)).filter(Boolean));
  const shown = [...called].slice(0, SHOWN).join(', ');
  return called.size > SHOWN ? `${shown} and ${called.size - SHOWN} more` : shown;
}

/** Only what is an id of Slack's becomes a mention; anything else is a name to read. */
function tag({ name, slack }: Mention): string {
  if (slack !== null && /^[UW][A-Z0-9]{2,20}$/.test(slack)) return `<@${slack}>`;
  if (slack !== null && /^S[A-Z0-9]{2,20}$/.test(slack)) return `<!subteam^${slack}>`;
  return label(name, 60);
}
