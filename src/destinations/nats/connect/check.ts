import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { notSeen } from '../../looked.ts';
import { whatIsMissing } from '../../optional-packages.ts';
import { loadClient } from '../client.ts';
import type { NatsSettings } from '../settings.ts';
import { lookAt } from './look.ts';

/** Asks the server for the stream, and sends nothing. */
export async function check(name: string, settings: NatsSettings, { signal }: Asking): Promise<readonly Finding[]> {
  const what = `stream of ${name}`;
  const missing = whatIsMissing(loadClient);
  if (missing !== null) return [fail(what, missing, 'Until then Tidings does not start.')];
  const seen = await lookAt(settings, signal);
  if (seen.ok) {
    const doubts = seen.doubts.map(({ problem, fix }) => warn(what, problem, fix));
    return [ok(what, `${seen.where} is there; nothing was sent`), ...doubts];
  }
  return [
    notSeen(what, seen, {
      mend: 'Mend that: messages wait until then.',
      wait: 'Messages wait until it can be reached. Check the address, and the network of this machine.',
    }),
  ];
}
