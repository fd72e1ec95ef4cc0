import { createRequire } from 'node:module';
import { mrkdwn } from '../../src/destinations/slack/mrkdwn.ts';
import { ANY, type Condition, NOBODY, type OnFilter, type Rule } from '../../src/model/rule.ts';
import { compileCondition } from '../../src/route/condition/condition.ts';
import { createRoute } from '../../src/route/route.ts';
import { TooManySteps } from '../../src/route/steps.ts';
import { excerpt } from '../../src/sources/github/normalise/common.ts';
import { toldExcerpt } from '../../src/sources/github/normalise/excerpt.ts';
import { normalise } from '../../src/sources/github/normalise.ts';
import { linesIn } from '../../src/text/markdown/lines.ts';
import { content } from '../../tests/fixtures/activities.ts';
import { COMMENTS } from '../../tests/fixtures/comments.ts';
import { aHostileActivity } from '../../tests/fixtures/hostile-activity.ts';
import type { Scenario } from '../measure.ts';
import { median, percentile } from '../stats.ts';

const RULES = 100;
const TURNS = 200;
const CONDITION = conditionOf('activity.author != "hubot" && !activity.subject.title.contains("WIP")');
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
  const facets = { ...opened.facets, branch: 'main', labels: ['bug', 'p1'] };
  const hardest = content({ ...opened, facets });
  const other = content({ ...opened, type: 'push', facets });
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
      value: timed(TURNS, () => route(other, NOW)),
      unit: 'ms',
    },
    { name: '100 rules, hostile texts, the worst', value: worst(), unit: 'ms', bar: { atMost: 50 } },
    {
      name: '64 kB of Markdown: its excerpt, for Slack',
      value: timed(TURNS, () => mrkdwn(toldExcerpt({ excerpt: excerpt(WRITTEN), subject: null }, null) ?? '', SHOWN)),
      unit: 'ms',
      bar: { atMost: 1 },
    },
    { name: '64 kB of Markdown, every line', value: timed(TURNS, () => [...linesIn(WRITTEN, 65_536)]), unit: 'ms' },
    { name: '100 kB of hostile text for Slack, the worst', value: worstText(), unit: 'ms', bar: { atMost: 50 } },
  ];
};

/** What a converter that goes back over what it read takes longest for. */
const TANGLED = ['[', '[a](', '](', '**a', '*a_', '` ``', '<a ', '<!--', '> ', '|-', '@a/', '```', '&lt;', '\n- '];

const WRITTEN = `${Object.values(COMMENTS).join('\n\n')}\n\n`.repeat(100).slice(0, 65_536);
const SHOWN = { shown: 300, length: 1_200, lines: 8, quoted: true };
const WIDE = { shown: 3_000, length: 3_000, lines: 100, quoted: false };

function worstText(): number {
  return Math.max(...TANGLED.map((part) => timed(3, () => mrkdwn(part.repeat(100_000 / part.length), WIDE), 1)));
}

/** What costs most for its steps, each asked by 100 rules of the largest event there can be. */
const COSTLY: readonly (readonly [filter: Partial<OnFilter>, condition: string])[] = [
  [{ branches: ['release/*-*-*-*'], 'branches.head': ['*-*-*-*b'], paths: ['**/*-*-*.md'] }, 'true'],
  [{ paths: [`${'**/*a'.repeat(20)}z`, '**/a-/**/b-/**'] }, 'true'],
  [{}, 'activity.subject.title.matches("^([a-z]+ ?)+$")'],
  [{}, 'activity.paths.exists(p, p.startsWith("src/") || p.matches("[.]sql$"))'],
  [{}, 'activity.paths.all(p, size(activity.excerpt) > 0)'],
  [{}, 'activity.paths.exists(p, activity.severity == p)'],
  [{}, 'activity.labels.all(a, activity.labels.all(b, a == b || a != b))'],
  [{}, 'activity.labels.all(l, !activity.excerpt.matches("[ax]*x[ax]{500}[cd]"))'],
  [{}, 'activity.paths.all(p, p.matches("(a-/)*" + p))'],
];

function worst(): number {
  const hostile = content(aHostileActivity());
  const times = COSTLY.map(([filter, text]) => {
    const condition = conditionOf(text);
    const route = createRoute(
      rules().map((rule) => ({ ...rule, on: new Map([['pull_request', { ...ANY, ...filter }]]), condition })),
    );
    return timed(5, () => ended(() => route(hostile, NOW)), 1);
  });
  return Math.max(...times);
}

/** An event that takes too many steps is `failed`. */
function ended(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error;
  }
}

function conditionOf(text: string): Condition {
  const compiled = compileCondition(text);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.condition;
}

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
          'labels.any': ['bug', `team-${n}`],
          'labels.none': ['wip'],
          authors: ['*', '!dependabot[bot]'],
        },
      ],
    ]),
    sources: null,
    repos: ['*/*', '!acme/sandbox'],
    ignore: ['bots', 'drafts', 'forks'],
    condition: n % 10 === 0 ? CONDITION : null,
    settleMs: 0,
    quiet: null,
    to: [`room-${n}`],
    template: null,
    mention: ['author'],
    thread: null,
    stop: false,
    from: {},
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

/** Median of so many runs, ms, once the compiler has seen it so many times. */
function timed(runs: number, work: () => unknown, warmRuns = 20): number {
  for (let warm = 0; warm < warmRuns; warm++) work();
  return median(
    Array.from({ length: runs }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    }),
  );
}
