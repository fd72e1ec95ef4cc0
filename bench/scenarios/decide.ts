import { createRequire } from 'node:module';
import type { Activity } from '../../src/model/activity.ts';
import { ANY, NOBODY, type Rule } from '../../src/model/rule.ts';
import { compileCondition } from '../../src/route/condition.ts';
import { createRoute } from '../../src/route/route.ts';
import { normalise } from '../../src/sources/github/normalise.ts';
import type { Scenario } from '../measure.ts';
import { median, percentile } from '../stats.ts';

const RULES = 100;
const TURNS = 200;
const COMPILED = compileCondition('activity.author != "hubot" && !activity.subject.title.contains("WIP")');
if (!COMPILED.ok) throw new Error(COMPILED.message);
const CONDITION = COMPILED.condition;
const NOW = Date.UTC(2026, 0, 15, 12);

/** What deciding costs on the thread that also answers webhooks: normalising a stored body, and asking 100 rules. */
export const decide: Scenario = async ({ rounds }) => {
  const events = examples();
  const route = createRoute(rules(), NOBODY);
  const activities = events.flatMap((event) => {
    const normalised = normalise(event);
    return normalised.kind === 'activity' ? [normalised.activity] : [];
  });
  const opened = activities.find(({ kind }) => kind === 'pull_request.opened');
  if (opened === undefined) throw new Error('the examples hold no opened pull request');
  const perPayload = events.map((event) => timed(rounds * 20, () => normalise(event)));
  const hardest = { ...opened, branch: 'main', labels: ['bug', 'p1'], facts: ['main ← retry-uploads'] } as Activity;
  return [
    { name: 'normalise, median payload', value: median(perPayload), unit: 'ms', bar: { atMost: 0.1 } },
    { name: 'normalise, 95 of 100 payloads', value: percentile(perPayload, 0.95), unit: 'ms' },
    {
      name: '100 rules, all about the activity',
      value: timed(TURNS, () => route(hardest, NOW)),
      unit: 'ms',
      bar: { atMost: 0.2 },
    },
    {
      name: '100 rules, about other events',
      value: timed(TURNS, () => route({ ...hardest, type: 'push' }, NOW)),
      unit: 'ms',
    },
  ];
};

/** Every filter that a rule may ask, a tenth of them with a condition. */
function rules(): readonly Rule[] {
  return Array.from({ length: RULES }, (_, n) => ({
    name: `rule-${n}`,
    on: new Map([
      [
        'pull_request',
        {
          ...ANY,
          types: ['opened', 'merged'],
          branches: ['main', 'release/**', '!release/old-*'],
          labels: { any: ['bug', `team-${n}`], all: [], none: ['wip'] },
          authors: ['*', '!dependabot[bot]'],
        },
      ],
    ]),
    repos: ['*/*', '!acme/sandbox'],
    ignore: ['bots', 'drafts', 'forks'],
    condition: n % 10 === 0 ? CONDITION : null,
    settleMs: 0,
    quiet: null,
    to: [`room-${n}`],
    mention: ['author'],
    stop: false,
  }));
}

interface Example {
  readonly name: string;
  readonly examples: readonly unknown[];
}

/** The 329 recorded payloads of @octokit/webhooks-examples, as the inbox hands them over. */
function examples() {
  const groups = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly Example[];
  return groups.flatMap(({ name, examples: payloads }) =>
    payloads.map((payload) => ({
      id: 1,
      origin: 'webhook' as const,
      source: 'github',
      deliveryId: '1:guid',
      guid: 'guid',
      type: name,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(payload)),
      receivedAt: NOW,
      storedAt: NOW,
      replays: 0,
      settled: null,
    })),
  );
}

/** Median of so many runs, ms, once the compiler has seen it. */
function timed(runs: number, work: () => unknown): number {
  for (let warm = 0; warm < 20; warm++) work();
  return median(
    Array.from({ length: runs }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    }),
  );
}
