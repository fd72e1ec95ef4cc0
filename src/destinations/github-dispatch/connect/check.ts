import { type Finding, ok } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { notSeen } from '../../looked.ts';
import { neededPermission } from '../answer.ts';
import type { GithubDispatchSettings } from '../settings.ts';
import { lookAt } from './look.ts';

/** Asks for repository and workflow, and starts nothing. */
export async function check(
  name: string,
  settings: GithubDispatchSettings,
  { signal, clock }: Asking,
): Promise<readonly Finding[]> {
  const what = `workflow of ${name}`;
  const seen = await lookAt(settings, { signal, now: clock.now() });
  if (seen.ok)
    return [
      ok(
        what,
        `${seen.words}; nothing was started, so whether the token may shows then: ${neededPermission(settings)}`,
      ),
    ];
  return [
    notSeen(what, seen, {
      mend: 'Mend that: what is for it waits until then.',
      wait: 'What is for it waits until GitHub can be reached. Check the network of this machine.',
    }),
  ];
}
