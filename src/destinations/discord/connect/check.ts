import { type Finding, ok } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { notSeen } from '../../looked.ts';
import type { DiscordSettings } from '../settings.ts';
import { lookAt } from './look.ts';

/** Asks Discord about a webhook, and posts nothing. A no is a failure; that it cannot be reached from here is a warning. */
export async function check(name: string, settings: DiscordSettings, asking: Asking): Promise<readonly Finding[]> {
  const { signal, clock, invocation } = asking;
  const seen = await lookAt(settings.webhook_url, signal, clock);
  const what = `channel of ${name}`;
  if (seen.ok) {
    // Whether it is a forum, and whether a thread is open, shows only when something is posted.
    return [ok(what, `webhook ${seen.name} posts to channel ${seen.channel}; nothing was posted`)];
  }
  const mend = `Mend that, or connect anew: ${invocation} connect discord`;
  const wait = 'Messages wait until Discord can be reached. Check the address, and the network of this machine.';
  return [notSeen(what, seen, { mend, wait })];
}
