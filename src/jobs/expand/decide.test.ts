import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anActivity } from '../../../tests/fixtures/activities.ts';
import { aHostileActivity } from '../../../tests/fixtures/hostile-activity.ts';
import { aRule } from '../../../tests/fixtures/rules.ts';
import type { RunResult } from '../../model/activity.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Expansion, ResultBefore, ResultQuestion } from '../../model/inbox/backlog.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Answer, Inquiry } from '../../model/inquiry.ts';
import type { ActivityFields } from '../../model/new-activity.ts';
import type { Decision, Route } from '../../model/rule.ts';
import type { Normalised, Source } from '../../model/source.ts';
import { compileCondition } from '../../route/condition/condition.ts';
import { createRoute } from '../../route/route.ts';
import type { JobContext } from '../context.ts';
import { DEFAULT_TIMING } from '../timing.ts';
import { decide } from './decide.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const FIELDS = { dedupKey: 'issues.opened:1', echoKey: 'issues.opened acme/api 1', thread: 'acme/api#1' };
const ACTIVITY = anActivity(FIELDS);
const TRACE = { kind: 'issues.opened', rules: [] };
const TOLD: Decision = {
  tell: [{ destination: 'team', rule: 'classics', mentions: [], notBefore: null }],
  trace: TRACE,
  reason: null,
  settleMs: 0,
  wantsPaths: false,
};
const DIGESTING = new Set(['team']);
const UNTOLD: Decision = { ...TOLD, tell: [], reason: 'no rule matched' };

interface Given {
  readonly events?: readonly Partial<StoredEvent>[];
  readonly route?: Route;
  readonly normalise?: (event: StoredEvent) => Normalised;
  readonly files?: Answer<readonly string[]>;
  readonly details?: Answer<readonly string[]>;
  readonly before?: readonly (ResultBefore | null)[];
  /** Undefined: nobody ever muted anything. */
  readonly mutes?: Inbox['mutes'];
}

async function decided(given: Given = {}): Promise<readonly Expansion[]> {
  const events = (given.events ?? [{}]).map(
    (event, index) =>
      ({
        id: 12 + index,
        source: 'github',
        body: Buffer.from('{}'),
        receivedAt: NOW,
        replays: 0,
        settled: null,
        ...event,
      }) as StoredEvent,
  );
  const normalise = given.normalise ?? (() => ({ kind: 'activity', activity: ACTIVITY }) as const);
  const { files, details } = given;
  const inquiry = { changedFiles: async () => files, details: async () => details ?? { ok: true, value: [] } };
  const inquiries = new Map(files || details ? [['github', inquiry as Inquiry]] : []);
  const context = {
    clock: { now: () => NOW, monotonic: () => 0 },
    log: { warn: () => undefined, info: () => undefined },
    inbox: {
      resultsBefore: async (asked: readonly ResultQuestion[]) => asked.map((_, n) => given.before?.[n] ?? null),
      mutes: given.mutes ?? (() => assert.fail('nothing is muted, and nobody is to ask')),
    },
    timing: DEFAULT_TIMING,
    shutdown: { stopping: new AbortController().signal },
  } as unknown as JobContext;
  const sources = new Map([['github', { name: 'github', normalise } as unknown as Source]]);
  const hasMutes = given.mutes !== undefined;
  const decider = { context, sources, route: given.route ?? (() => TOLD), inquiries, digesting: DIGESTING, hasMutes };
  return decide(decider, events, Promise.resolve());
}

async function one(given: Given = {}): Promise<Expansion> {
  const [expansion] = await decided(given);
  assert.ok(expansion);
  return expansion;
}

function says(changes: Partial<ActivityFields>): () => Normalised {
  return () => ({ kind: 'activity', activity: anActivity({ ...FIELDS, ...changes }) });
}

describe('what becomes of an event', () => {
  test('somebody wants it: routed, one notification for each destination, with action, repo and trace', async () => {
    const { state, reason, action, repo, trace, notifications } = await one();
    assert.deepEqual(
      { state, reason, action, repo, trace },
      { state: 'routed', reason: null, action: 'opened', repo: 'acme/api', trace: TRACE },
    );
    assert.deepEqual(notifications, [
      {
        destination: 'team',
        rule: 'classics',
        activity: ACTIVITY,
        transition: null,
        mentions: [],
        dedupKey: 'issues.opened:1',
        echoKey: 'issues.opened acme/api 1',
        isReplay: false,
        notBefore: null,
      },
    ]);
  });

  test('who is called where is part of the trace, which outlives the message', async () => {
    const mentions = [{ name: 'mona', ids: { slack: 'U012AB3CD' } }];
    const { trace, notifications } = await one({
      route: () => ({
        ...TOLD,
        tell: [...TOLD.tell, { destination: 'on-call', rule: 'r', mentions, notBefore: null }],
      }),
    });
    assert.deepEqual(trace, { ...TRACE, called: { 'on-call': ['mona'] } });
    assert.deepEqual(
      notifications.map((notification) => notification.mentions),
      [[], mentions],
    );
  });

  test('nobody wants it: skipped with the reason and the trace', async () => {
    const { state, reason, trace, notifications } = await one({ route: () => UNTOLD });
    assert.deepEqual(
      { state, reason, trace, notifications },
      { state: 'skipped', reason: 'no rule matched', trace: TRACE, notifications: [] },
    );
  });

  test('the normaliser skips it: reason, action and repo are kept', async () => {
    const normalised = { kind: 'skip', reason: 'another event tells it', action: 'pinned', repo: 'acme/api' } as const;
    const { state, reason, action, repo } = await one({ normalise: () => normalised });
    assert.deepEqual([state, reason, action, repo], ['skipped', 'another event tells it', 'pinned', 'acme/api']);
  });

  test('replayed, it is told again under a key of its own', async () => {
    const { notifications } = await one({ events: [{ replays: 2 }] });
    assert.deepEqual(notifications[0]?.dedupKey, 'issues.opened:1#replay-2');
    assert.equal(notifications[0]?.isReplay, true);
  });

  test('its source is gone: failed, and says what to do', async () => {
    const { state, reason } = await one({ events: [{ source: 'old' }] });
    assert.equal(state, 'failed');
    assert.match(reason ?? '', /no source "old".*replay the event/);
  });

  test('a throw in the normaliser or in a rule fails that event alone, with the message', async () => {
    const throwing = (): never => {
      throw new Error('issue.title is missing');
    };
    for (const given of [{ normalise: throwing }, { route: throwing }]) {
      const { state, reason } = await one(given);
      assert.deepEqual([state, reason], ['failed', 'issue.title is missing']);
    }
    const route: Route = ({ activity: { said } }) => (said.headline === 'bad' ? throwing() : TOLD);
    const normalise = ({ id }: StoredEvent) => says({ headline: id === 12 ? 'bad' : 'good' })();
    const states = (await decided({ events: [{}, {}], normalise, route })).map(({ state }) => state);
    assert.deepEqual(states, ['failed', 'routed']);
  });

  test('rules that take too long fail it, and the rule that takes most is named', async () => {
    const compiled = compileCondition('activity.paths.all(p, size(activity.excerpt) > 0)');
    assert.ok(compiled.ok);
    const route = createRoute([aRule('greedy', { '*': {} }, { condition: compiled.condition })]);
    const hostile = { kind: 'activity', activity: aHostileActivity() } as const;
    const normalise = ({ id }: StoredEvent) => (id === 12 ? hostile : says({})());
    const [costly, next] = await decided({ events: [{}, {}], normalise, route });
    assert.equal(costly?.state, 'failed');
    assert.match(costly?.reason ?? '', /^asking the rules takes too long: rule "greedy" takes 100 %/);
    assert.equal(next?.state, 'skipped');
  });

  test('a value that no column can hold fails it, so that it cannot keep its batch from being stored', async () => {
    const odd = { number: 7 } as unknown as string;
    for (const normalised of [
      { kind: 'skip', reason: 'not announced', action: odd },
      says({ action: odd })(),
      says({ place: { name: odd, url: '' } })(),
      says({ dedupKey: odd })(),
      says({ echoKey: odd })(),
      says({ thread: odd })(),
    ] satisfies Normalised[]) {
      const { state, reason } = await one({ normalise: () => normalised });
      assert.equal(state, 'failed');
      assert.match(reason ?? '', /^(action|place|dedup|echo|thread) is not text$/);
    }
  });

  test('whom its rule calls and how long it keeps still go with the notification', async () => {
    const mentions = [{ name: 'mona', ids: { slack: 'U012' } }];
    const tell = [{ destination: 'team', rule: 'r', mentions, notBefore: NOW + 1 }];
    const { notifications } = await one({ route: () => ({ ...TOLD, tell }) });
    assert.deepEqual(notifications[0]?.mentions, mentions);
    assert.equal(notifications[0]?.notBefore, NOW + 1);
  });
});

describe('an event that settles', () => {
  const waits: Route = ({ activity: { facets } }) => ({
    ...(facets.labels.includes('bug') ? TOLD : UNTOLD),
    settleMs: 20_000,
  });

  test('is not decided yet, and is read again after its time', async () => {
    const { state, settle, trace } = await one({ route: waits });
    assert.deepEqual(
      { state, settle, trace },
      { state: 'pending', settle: { until: NOW + 20_000, thread: 'acme/api#1', joinsAfter: null }, trace: null },
    );
  });

  test('is decided by what was learned meanwhile', async () => {
    const settled = { labels: ['bug'], isDraft: null };
    const { state, notifications } = await one({ route: waits, events: [{ settled }] });
    assert.equal(state, 'routed');
    assert.deepEqual(notifications[0]?.activity.facets.labels, ['bug']);
    const nothing = await one({ route: waits, events: [{ settled: { labels: null, isDraft: null } }] });
    assert.equal(nothing.state, 'skipped');
  });

  test('learns from events that change labels or drafts, and from no others', async () => {
    const news = async (action: string) =>
      (await one({ normalise: says({ action, labels: ['bug'], isDraft: true }) })).news;
    assert.deepEqual(await news('labeled'), { thread: 'acme/api#1', settled: { labels: ['bug'], isDraft: null } });
    assert.deepEqual(await news('converted_to_draft'), {
      thread: 'acme/api#1',
      settled: { labels: null, isDraft: true },
    });
    assert.equal(await news('closed'), null);
  });
});

describe('what may be one of a burst', () => {
  const pushed = { normalise: says({ burstKey: 'push acme/api#1 mona' }) };
  const state = async (given: Given) => (await one({ ...pushed, ...given })).state;

  test('waits a minute for the others, and comes back with those that wait already', async () => {
    const { state, settle, trace, notifications } = await one(pushed);
    assert.deepEqual([state, trace, notifications], ['pending', null, []]);
    assert.deepEqual(settle, { until: NOW + 60_000, thread: 'push acme/api#1 mona', joinsAfter: NOW });
    const [event] = await decided({ ...pushed, events: [{ settled: { labels: null, isDraft: null } }] });
    assert.equal(event?.state, 'routed');
  });

  test('does not wait where nobody is told, where nobody is told several things at once, or for who replays it', async () => {
    assert.equal(await state({ route: () => UNTOLD }), 'skipped');
    const tell = [{ destination: 'endpoint', rule: 'r', mentions: [], notBefore: null }];
    assert.equal(await state({ route: () => ({ ...TOLD, tell }) }), 'routed');
    assert.equal(await state({ route: () => ({ ...TOLD, tell: [...TOLD.tell, ...tell] }) }), 'pending');
    assert.equal(await state({ events: [{ replays: 1 }] }), 'routed');
    assert.equal(await state({ route: () => ({ ...UNTOLD, wantsPaths: true }) }), 'pending');
  });
});

describe('a result', () => {
  const PASSED: ResultBefore = { eventId: 5, passed: true, failingSince: null };
  const ran = (run: string, passed: boolean): RunResult => ({
    key: 'ci acme/api main',
    run,
    passed,
    headlines: { fixed: 'Workflow fixed' },
  });
  const results = (...all: readonly RunResult[]) => ({
    events: all.map(() => ({})),
    normalise: ({ id }: StoredEvent) => says({ result: all[id - 12] ?? null, headline: 'Workflow succeeded' })(),
  });
  const told = async (given: Given) => (await decided(given)).map(({ notifications }) => notifications[0]);
  const transitions = async (given: Given) => (await told(given)).map((notification) => notification?.transition);

  test('is compared with the one before, in the batch or as stored', async () => {
    const notifications = await told({
      ...results(ran('1', false), ran('2', false), ran('3', true), ran('4', true)),
      before: [PASSED, PASSED, PASSED, PASSED],
    });
    assert.deepEqual(
      notifications.map((notification) => notification?.transition),
      ['broke', 'still_broken', 'fixed', 'still_passing'],
    );
    assert.deepEqual(
      notifications.map((notification) => notification?.activity.said.headline),
      ['Workflow succeeded', 'Workflow succeeded', 'Workflow fixed', 'Workflow succeeded'],
    );
  });

  test('that is fixed says for how long it was broken: since the first failure in a row, in the batch or as stored', async () => {
    const facts = async (before: ResultBefore | null, origin: StoredEvent['origin'] = 'webhook') => {
      const given = results(ran('1', false), ran('2', false), ran('2', true), ran('3', true));
      const events = [0, 10, 60, 70].map((s) => ({ receivedAt: NOW + s * 1_000, origin }));
      const all = await told({ ...given, events, before: events.map(() => before) });
      return all.map((notification) => notification?.activity.said.facts.join());
    };
    const since = { eventId: 5, passed: false, failingSince: NOW - 60_000 };
    assert.deepEqual(await facts(null), ['', '', 'broken for 1 min', '']);
    assert.deepEqual(await facts(PASSED), ['', '', 'broken for 1 min', '']);
    assert.deepEqual(await facts(since), ['', '', 'broken for 2 min', '']);
    assert.deepEqual(await facts(since, 'recovered'), ['', '', '', '']);
  });

  test('is not compared with another event of the same run', async () => {
    assert.deepEqual(await transitions(results(ran('1', false), ran('1', false))), ['broke', 'broke']);
  });

  test('that is replayed, released or back from settling does not stand between what is stored and a newer one', async () => {
    for (const replays of [0, 1]) {
      const again = await transitions({
        ...results(ran('1', false), ran('2', true), ran('3', true)),
        events: [{ replays }, { id: 14 }],
        // Run 2 passed in between, and is stored.
        before: [null, { ...PASSED, eventId: 13 }],
      });
      assert.deepEqual(again, ['broke', 'still_passing']);
    }
  });

  test('is stored with the decision', async () => {
    const { result } = await one(results(ran('7', true)));
    assert.deepEqual(result, { key: 'ci acme/api main', run: '7', passed: true });
  });
});

describe('a thread that is muted', () => {
  const mute = { thread: 'acme/api#1', whom: 'team', until: null, by: 'mona', at: 0 };

  test('makes no notification there, and says why; the question is one for the whole batch', async () => {
    const asked: (readonly string[])[] = [];
    const mutes: Inbox['mutes'] = async (threads) => {
      asked.push(threads);
      return [mute];
    };
    const normalise = ({ id }: StoredEvent) => says({ thread: id === 13 ? 'acme/api#2' : 'acme/api#1' })();
    const [first, other, again] = await decided({ events: [{}, {}, {}], normalise, mutes });
    assert.deepEqual(asked, [['acme/api#1', 'acme/api#2']]);
    const why = 'team is not told: muted by mona for good';
    assert.deepEqual([first?.state, first?.reason, first?.notifications], ['skipped', why, []]);
    assert.deepEqual(first?.trace?.muted, { team: 'muted by mona for good' });
    assert.deepEqual([other?.state, again?.state], ['routed', 'skipped']);
  });
});

describe('a rule that needs the changed files', () => {
  const wants: Route = ({ activity: { facets } }) =>
    facets.paths === null ? { ...UNTOLD, wantsPaths: true } : facets.paths.includes('src/a.ts') ? TOLD : UNTOLD;
  const normalise = says({ pullRequest: 1 });
  const down: Answer<never> = { ok: false, reason: 'GitHub answered 502', mayPass: true };

  test('is asked again when they are known', async () => {
    const state = async (paths: readonly string[]) =>
      (await one({ route: wants, normalise, files: { ok: true, value: paths } })).state;
    assert.equal(await state(['src/a.ts']), 'routed');
    assert.equal(await state(['docs/a.md']), 'skipped');
  });

  test('waits while GitHub does not answer, for ten minutes', async () => {
    const waiting = await one({ route: wants, normalise, files: down });
    assert.deepEqual([waiting.state, waiting.settle?.until], ['pending', NOW + 30_000]);
    const late = await one({ route: wants, normalise, files: down, events: [{ receivedAt: NOW - 11 * 60_000 }] });
    assert.equal(late.state, 'skipped');
    assert.match(late.reason ?? '', /changed files could not be had: GitHub answered 502/);
  });

  test('is decided without them when nobody may ask', async () => {
    const refused: Answer<never> = { ok: false, reason: 'GitHub answered 404', mayPass: false };
    assert.equal((await one({ route: wants, normalise, files: refused })).state, 'skipped');
    const alone = await one({ route: wants, normalise });
    assert.deepEqual([alone.state, alone.reason?.includes('no token to ask the provider with')], ['skipped', true]);
  });
});

describe('what else there is to tell', () => {
  const details: Answer<readonly string[]> = { ok: true, value: ['failed: test'] };
  const facts = async (given: Given) => (await one(given)).notifications.map(({ activity }) => activity.said.facts);

  test('is told behind the facts that the payload has, and rules do not see it', async () => {
    const normalise = says({ facts: ['3 min'] });
    assert.deepEqual(await facts({ details, normalise }), [['3 min', 'failed: test']]);
    const sees: Route = ({ activity }) => (activity.said.facts.length > 1 ? UNTOLD : TOLD);
    assert.equal((await one({ details, normalise, route: sees })).state, 'routed');
  });

  test('is not asked for where nobody will be told, and nobody waits where there is no answer', async () => {
    const asked = () => assert.fail('it was asked');
    const unasked = {
      get ok() {
        return asked();
      },
    } as unknown as Answer<readonly string[]>;
    assert.equal((await one({ details: unasked, route: () => UNTOLD })).state, 'skipped');
    assert.equal((await one({ details: unasked, route: () => ({ ...TOLD, settleMs: 1_000 }) })).state, 'pending');
    const none: Answer<never> = { ok: false, reason: 'GitHub answered 502', mayPass: true };
    assert.deepEqual(await facts({ details: none }), [[]]);
  });
});
