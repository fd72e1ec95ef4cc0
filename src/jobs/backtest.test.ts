import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHostileActivity } from '../../tests/fixtures/hostile-activity.ts';
import { aRule } from '../../tests/fixtures/rules.ts';
import type { StoredEvent } from '../model/event.ts';
import type { ResultBefore, ResultQuestion } from '../model/inbox/backlog.ts';
import { type ActivityFields, activity } from '../model/new-activity.ts';
import type { Rule } from '../model/rule.ts';
import type { Source } from '../model/source.ts';
import type { BacktestChange } from '../model/trial/backtest.ts';
import { compileCondition } from '../route/condition/condition.ts';
import { createRoute } from '../route/route.ts';
import { backtest } from './backtest.ts';
import type { Taker } from './expand/take-all.ts';

type Given = Partial<ActivityFields> & {
  readonly at?: number;
  readonly origin?: StoredEvent['origin'];
  readonly from?: string;
};

/** An event says the activity that it is given. Ids count from 1, and a second passes between two. */
function eventOf(given: Given, index: number): StoredEvent {
  const { at = index * 1_000, origin = 'webhook', from = 'github', ...changes } = given;
  const type = changes.type ?? 'issues';
  const action = changes.action === undefined ? 'opened' : changes.action;
  const kind = `${type}.${action}`;
  const said = { kind, type, action, source: from, headline: '', tone: 'neutral', actor: null, subject: null };
  const fields = { ...said, dedupKey: `key ${index}`, thread: 'acme/api#1', ...changes };
  return {
    id: index + 1,
    origin,
    source: from,
    deliveryId: `${index}`,
    guid: `${index}`,
    type,
    headers: {},
    body: Buffer.from(JSON.stringify(fields)),
    receivedAt: at,
    storedAt: at,
    replays: 0,
    settled: null,
  };
}

const UNREADABLE = 'unreadable';

const SOURCE: Source = {
  name: 'github',
  provider: 'github',
  contentTypes: [],
  storedHeaders: [],
  onceHeaders: [],
  bodies: 'unique',
  receive: () => ({ kind: 'refused', cause: 'unsigned' }),
  diagnose: () => '',
  normalise({ type, body }) {
    if (type === UNREADABLE) throw new Error('who could');
    return { kind: 'activity', activity: activity(JSON.parse(body.toString())) };
  },
};

interface Outcome {
  readonly lines: readonly string[];
  readonly counts: string;
  readonly asked: readonly ResultQuestion[];
}

async function compared(
  given: readonly Given[],
  before: readonly Rule[],
  after: readonly Rule[],
  options: {
    readonly stored?: ResultBefore;
    readonly sources?: readonly string[];
    readonly pageSize?: number;
    readonly takers?: readonly [before: readonly Taker[], after: readonly Taker[]];
  } = {},
): Promise<Outcome> {
  const [takersBefore = [], takersAfter = []] = options.takers ?? [];
  const changes: BacktestChange[] = [];
  const asked: ResultQuestion[] = [];
  const resultsBefore = async (questions: readonly ResultQuestion[]) => {
    asked.push(...questions);
    return questions.map(() => options.stored ?? null);
  };
  const events = given.map(eventOf);
  async function* pages() {
    const size = options.pageSize ?? 2;
    for (let at = 0; at < events.length; at += size) yield events.slice(at, at + size);
  }
  const counts = await backtest(
    {
      before: { route: createRoute(before), sources: new Set(['github']), takers: takersBefore },
      after: { route: createRoute(after), sources: new Set(options.sources ?? ['github']), takers: takersAfter },
      sources: new Map([['github', SOURCE]]),
      stored: { resultsBefore },
    },
    pages(),
    async (change) => void changes.push(change),
  );
  const lines = changes.flatMap(({ eventId, fewer, more }) => [
    ...fewer.map(({ destination, because }) => `- ${eventId} ${destination}: ${because}`),
    ...more.map(({ destination, rule }) => `+ ${eventId} ${destination}: ${rule}`),
  ]);
  return { lines, counts: Object.values(counts).join(' '), asked };
}

const ISSUES = aRule('news', { issues: { types: ['opened'] } });

test('who takes all of a source is told whatever rules say, also of what cannot be read, and not of what was polled', async () => {
  const app: Taker = { name: 'team', takesAll: (source) => source === 'github' };
  const given: Given[] = [{}, { type: 'star', action: 'created' }, { type: UNREADABLE }, { origin: 'poll' }];
  const taken = await compared(given, [ISSUES], [ISSUES], { takers: [[], [app]] });
  assert.deepEqual(taken.lines, ['+ 2 team: null', '+ 3 team: null']);
  assert.equal(taken.counts, '4 0 2 2 0 1');
  const { lines } = await compared(given, [], [], { takers: [[app], []] });
  const because = 'it does not take all of github, and no rule tells it';
  assert.deepEqual(
    lines,
    [1, 2, 3].map((id) => `- ${id} team: ${because}`),
  );
});

test('an event that the other rules would fail on says so, and does not end the backtest', async () => {
  const compiled = compileCondition('activity.paths.all(p, size(activity.excerpt) > 0)');
  assert.ok(compiled.ok);
  const greedy = aRule('greedy', { issues: {} }, { condition: compiled.condition });
  const { said, facets } = aHostileActivity();
  const { lines, counts } = await compared(
    [{ excerpt: said.excerpt, paths: facets.paths }, {}],
    [ISSUES],
    [ISSUES, greedy],
  );
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^- 1 team: asking the rules takes too long: rule "greedy"/);
  assert.equal(counts, '2 1 0 1 0 0');
});

test('destination by destination: no longer told, with what the rule of that name saw; told in addition; the same', async () => {
  const both = aRule('news', { issues: { types: ['opened'] } }, { to: ['team', 'audit'] });
  const changed = aRule('news', { issues: { types: ['opened'], 'labels.none': ['wip'] } });
  const stars = aRule('stars', { star: {} }, { to: ['releases'] });
  const given = [{ labels: ['wip'] }, { type: 'star', action: 'created' }, {}];
  const { lines, counts } = await compared(given, [both], [changed, stars]);
  assert.deepEqual(lines, [
    '- 1 team: rule news: on.labels.none saw wip',
    '- 1 audit: rule news: on.labels.none saw wip',
    '+ 2 releases: stars',
    '- 3 audit: rule news: tells team',
  ]);
  assert.equal(counts, '3 3 1 1 0 0');
});

test('why not, where the rule is gone, not asked, or its source is', async () => {
  const renamed = aRule('issues', { issues: { types: ['closed'] } });
  const first = aRule('mute', { issues: {} }, { to: [], stop: true });
  const answers = [
    await compared([{}], [ISSUES], []),
    await compared([{}], [ISSUES], [renamed]),
    await compared([{}], [ISSUES], [first, ISSUES]),
    await compared([{}], [ISSUES], [ISSUES], { sources: ['gitlab'] }),
  ];
  assert.deepEqual(
    answers.map(({ lines }) => lines.join()),
    [
      '- 1 team: there is no rule news',
      '- 1 team: rule issues: on.types saw opened',
      '- 1 team: rule news: not asked, an earlier rule that matched has stop: true',
      '- 1 team: no source github',
    ],
  );
});

test('what settles learns of the labels that come within its time, and keeps its place among the others', async () => {
  const waits = aRule(
    'news',
    { issues: { types: ['opened'], 'labels.none': ['wip'], 'labels.any': ['bug'] } },
    { settleMs: 20_000 },
  );
  const label = (at: number, labels: readonly string[], thread = 'acme/api#1') => {
    return { type: 'issues', action: 'labeled', isMinor: true, at, labels, thread };
  };
  const given = [
    { at: 0, thread: 'acme/api#1' },
    { at: 1_000, thread: 'acme/api#2' },
    { at: 2_000, type: 'star', action: 'created', thread: null },
    label(3_000, ['bug']),
    label(21_500, ['bug'], 'acme/api#2'),
  ];
  const { lines, counts } = await compared(given, [aRule('stars', { star: {} })], [waits], { pageSize: 1 });
  assert.deepEqual(lines, ['+ 1 team: news', '- 3 team: there is no rule stars']);
  assert.equal(counts, '5 1 1 0 0 0');
});

test('results are compared in order; the first of a key with what is stored, once', async () => {
  const run = (passed: boolean, run: string) => {
    const result = { key: 'ci', run, passed, headlines: {} };
    return { type: 'workflow_run', action: 'completed', result };
  };
  const given = [run(false, '1'), run(false, '1'), run(false, '2'), run(true, '3'), run(true, '4')];
  const turned = aRule('ci', { workflow_run: { transition: ['broke', 'fixed'] } });
  const { lines, asked } = await compared(given, [], [turned], {
    stored: { eventId: 0, passed: true, failingSince: null },
  });
  assert.deepEqual(lines, ['+ 1 team: ci', '+ 2 team: ci', '+ 4 team: ci']);
  assert.deepEqual(asked, [{ key: 'ci', run: '1', eventId: 1, passed: true }]);
  const unknown = await compared(given, [], [turned]);
  assert.deepEqual(unknown.lines, lines, 'a first failure broke it');
  const long = compileCondition('"broken for 13 s" in activity.facts');
  assert.ok(long.ok);
  const { condition } = long;
  const broken = { stored: { eventId: 0, passed: false, failingSince: -10_000 } };
  const told = await compared(given, [], [{ ...turned, condition }], broken);
  assert.deepEqual(told.lines, ['+ 4 team: ci'], 'and a rule sees for how long it was broken');
});

test('one thing is told once: by two hooks, or by webhook and poll', async () => {
  const echo = { echoKey: 'issues.opened acme/api #1' };
  const given: readonly Given[] = [
    { dedupKey: 'same', ...echo },
    { dedupKey: 'same', ...echo },
    { dedupKey: 'other', origin: 'poll', ...echo },
    { dedupKey: 'third', ...echo },
  ];
  const { lines } = await compared(given, [], [ISSUES]);
  assert.deepEqual(lines, ['+ 1 team: news', '+ 4 team: news']);
});

test('where changed files would decide, nothing is said, and the events are counted', async () => {
  const pull = (n: number) => ({ type: 'pull_request', pullRequest: n });
  const docs = aRule('docs', { pull_request: { paths: ['docs/**'] } }, { to: ['writers'] });
  const all = aRule('all', { pull_request: { types: ['opened'] } });
  const given = [pull(1), { ...pull(2), action: 'closed' }, { type: 'push', action: null, paths: ['docs/a.md'] }];
  const { lines, counts } = await compared(
    given,
    [aRule('writers', { pull_request: {} }, { to: ['writers'] })],
    [docs, all],
  );
  assert.deepEqual(lines, ['+ 1 team: all']);
  assert.equal(counts, '3 0 1 0 2 0');
});

test('an event that cannot be read is counted, and ends nothing', async () => {
  const { lines, counts } = await compared([{ from: 'gone' }, {}], [], [ISSUES]);
  assert.deepEqual(lines, ['+ 2 team: news']);
  assert.equal(counts, '2 0 1 0 0 1');
});
