import { type Finding, ok } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { notSeen } from '../../looked.ts';
import type { GotifySettings } from '../settings.ts';
import { lookAt } from './look.ts';

/** Asks the server, and posts nothing. A no is a failure; that it cannot be reached from here is a warning. */
export async function check(name: string, { url }: GotifySettings, asking: Asking): Promise<readonly Finding[]> {
  const { signal, clock, invocation } = asking;
  const seen = await lookAt(url, signal, clock.now());
  const what = `application of ${name}`;
  if (seen.ok) return [ok(what, `${seen.words}; nothing was posted, so that its token was not tried`)];
  return [
    notSeen(what, seen, {
      mend: `Mend that, or connect anew: ${invocation} connect gotify`,
      wait: 'Messages wait until Gotify can be reached. Check the address, and the network of this machine.',
    }),
  ];
}
