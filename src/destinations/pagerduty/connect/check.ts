import { type Finding, ok } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { notSeen, unseen } from '../../looked.ts';
import type { PagerdutySettings } from '../settings.ts';
import { probe } from './probe.ts';

/** Asks whether the key is one, which shows nothing and calls nobody. */
export async function check(
  name: string,
  settings: PagerdutySettings,
  { signal, clock, invocation }: Asking,
): Promise<readonly Finding[]> {
  const what = `service of ${name}`;
  const outcome = await probe(settings, { signal, now: clock.now() });
  if (outcome.kind === 'sent') return [ok(what, 'PagerDuty takes events by its key; no alert was opened')];
  const mend = `Mend that, or connect anew: ${invocation} connect pagerduty`;
  const wait = 'Alerts wait until PagerDuty can be reached. Check the network of this machine.';
  return [notSeen(what, unseen(outcome), { mend, wait })];
}
