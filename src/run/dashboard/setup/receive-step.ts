import { addressOf } from '../../../config/describe/source-address.ts';
import type { Setup } from '../../../http/api/answers/setup.ts';
import { ago } from '../../../shared/time-words.ts';
import type { SystemParts } from '../system-parts.ts';
import type { Seen } from './seen.ts';

type Step = Setup['steps'][number];

/** `command`: what sends a sample. */
export function receiveStep(
  { config, clock, surroundings }: Pick<SystemParts, 'config' | 'clock' | 'surroundings'>,
  { last }: Pick<Seen, 'last'>,
  command: string | null,
): Step {
  const settings = config();
  const [first] = settings.sources;
  const isReachable = first === undefined || addressOf(settings, first, {}).from !== 'here';
  return {
    id: 'receive',
    title: 'Receive',
    done: last !== null,
    says:
      last === null
        ? 'Nothing has arrived yet. A sample goes the whole way: signed, verified, stored, told.'
        : `Event ${last.id} arrived ${ago(last.receivedAt, clock.now())}, at ${last.source}.`,
    commands: [
      ...(command === null ? [] : [{ command, says: 'sends a signed sample' }]),
      ...(isReachable
        ? []
        : [
            {
              command: `${surroundings.invocation} start --tunnel`,
              says: 'opens an address that the internet reaches',
            },
          ]),
    ],
    fields: [],
    links: [],
  };
}
