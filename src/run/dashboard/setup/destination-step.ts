import { CATALOG } from '../../../catalog.ts';
import { destinationWords } from '../../../config/describe/place-words.ts';
import type { Setup } from '../../../http/api/answers/setup.ts';
import { ago } from '../../../shared/time-words.ts';
import type { SystemParts } from '../system-parts.ts';
import type { Seen } from './seen.ts';

type Step = Setup['steps'][number];

export function destinationStep(
  { config, clock, surroundings }: Pick<SystemParts, 'config' | 'clock' | 'surroundings'>,
  { lanes }: Pick<Seen, 'lanes'>,
): Step {
  const { byDefault, proposed } = CATALOG;
  const others = config().destinations.filter(({ type }) => type !== byDefault.channel);
  const sent = others
    .flatMap((each) => {
      const at = lanes.get(each.name)?.sentAt ?? null;
      return at === null ? [] : [{ ...each, at }];
    })
    .toSorted((a, b) => b.at - a.at);
  const [last] = sent;
  const { invocation } = surroundings;
  return {
    id: 'destination',
    title: others.length === 0 ? proposed.title : 'Destinations',
    done: last !== undefined,
    says: saysOf(others.map(destinationWords), last && `${last.name} was last told ${ago(last.at, clock.now())}.`),
    commands: [
      { command: `${invocation} connect ${proposed.channel}`, says: `connects ${proposed.title}` },
      { command: `${invocation} connect --help`, says: 'lists what else can be connected' },
    ],
    fields: [],
    links: [],
  };
}

function saysOf(others: readonly string[], told: string | undefined): string {
  if (others.length === 0) return 'For now, messages appear in the server’s terminal only.';
  return told ?? `Connected, but nothing told there yet: ${others.join(', ')}.`;
}
