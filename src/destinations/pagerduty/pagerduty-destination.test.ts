import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ORCHESTRATION_KEY, ROUTING_KEY, startPagerdutyDouble } from '../../../tests/doubles/pagerduty-double.ts';
import { aFailedWorkflow, aNotification, anActivity, aStar, person } from '../../../tests/fixtures/activities.ts';
import type { Activity } from '../../model/activity.ts';
import type { Transition } from '../../model/scales.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { judgeAnswer } from './answer.ts';
import { alertKey, meaningOf } from './meaning.ts';
import { pagerdutyDestination } from './pagerduty-destination.ts';
import { render } from './render.ts';
import { DEFAULTS, originFor, type PagerdutySettings } from './settings.ts';
import { keyProblem } from './shapes.ts';

const KEY = new Secret(ROUTING_KEY);

function made(url: string, more: Partial<PagerdutySettings> = {}) {
  const settings = { ...DEFAULTS, routing_key: KEY, url, ...more };
  const destination = pagerdutyDestination({ name: 'pager', settings, clock: systemClock });
  const context = { signal: new AbortController().signal, earlier: null };
  const send = (activity: Activity, transition: Transition | null = null, maybeRepeated = false) => {
    const notification = { ...aNotification(activity), transition };
    return destination.send({ kind: 'single', notification, maybeRepeated }, context);
  };
  return { destination, send };
}

const CI = 'workflow_run acme/api 161335 main';

function aRun(passed: boolean, run = '1'): Activity {
  const result = { key: CI, run, passed, headlines: {} };
  return aFailedWorkflow(
    passed
      ? { headline: 'Workflow passed', became: 'passed on main', tone: 'good', conclusion: 'success', result }
      : { result },
  );
}

test('what breaks opens one alert, what is fixed closes it, and what passes still is a change', async () => {
  await using pagerduty = await startPagerdutyDouble();
  const { send } = made(pagerduty.origin);
  assert.deepEqual(await send(aRun(false), 'broke'), { kind: 'sent', answer: `202 triggered ${CI}` });
  await send(aRun(false, '2'), 'still_broken');
  await send(aRun(false, '2'), 'still_broken', true);
  assert.deepEqual([[...pagerduty.open], pagerduty.calls], [[CI], 1]);
  assert.deepEqual(await send(aRun(true, '3'), 'fixed'), { kind: 'sent', answer: `202 resolved ${CI}` });
  assert.deepEqual([...pagerduty.open], []);
  await send(aRun(true, '4'), 'still_passing');
  await send(aRun(false, '5'), 'broke');
  assert.deepEqual([pagerduty.calls, pagerduty.violations], [2, []]);
  assert.deepEqual(
    pagerduty.requests.map((each) => each.split(' ')[1]),
    ['enqueue', 'enqueue', 'enqueue', 'enqueue', 'change/enqueue', 'enqueue'].map((path) => `/v2/${path}`),
  );
});

test('an alert says what, where, how bad, and where to look', async () => {
  await using pagerduty = await startPagerdutyDouble();
  await made(pagerduty.origin, { severity: 'critical' }).send(
    aFailedWorkflow({
      workflow: ['CI', 'ci.yml'],
      account: 'acme',
      excerpt: 'It **stops**.',
      occurredAt: 1_767_225_600_000,
    }),
    'broke',
  );
  assert.deepEqual(pagerduty.messages[0], {
    event_action: 'trigger',
    dedup_key: 'github https://github.com/acme/api/actions/runs/904',
    client: 'Tidings',
    payload: {
      summary: 'CI failed on main in acme/api: Retry uploads',
      source: 'acme/api',
      timestamp: '2026-01-01T00:00:00.000Z',
      severity: 'critical',
      class: 'workflow_run.completed',
      component: 'CI',
      group: 'acme',
      custom_details: {
        about: 'CI Retry uploads',
        where: 'acme/api',
        branch: 'main',
        compared: 'broke',
        facts: ['3 min 7 s'],
        text: 'It stops.',
        kind: 'workflow_run.completed',
        rule: 'default',
        tidings_event: 1,
      },
    },
    links: [{ href: 'https://github.com/acme/api/actions/runs/904', text: 'Open at github.com' }],
  });
});

test('news that is neither good nor bad is a change, and calls nobody', async () => {
  await using pagerduty = await startPagerdutyDouble();
  const { send } = made(pagerduty.origin);
  assert.deepEqual(await send(anActivity()), { kind: 'sent', answer: '202 change' });
  await send(aStar('mona'), null, true);
  const summaries = pagerduty.messages.map(({ payload }) => (payload as { readonly summary: string }).summary);
  assert.deepEqual(summaries, [
    'mona opened issue #12 in acme/api: Uploads fail on Safari',
    'Possible repeat: mona starred acme/api',
  ]);
  assert.deepEqual([pagerduty.calls, pagerduty.violations], [0, []]);
});

test('a finding that somebody graded opens an alert as bad as that, and closes it when it is dealt with', () => {
  const found = { kind: 'dependabot_alert.created', tone: 'bad', severity: 'high', result: null } as const;
  const rendered = render(aNotification(anActivity(found)), { severity: 'info' });
  assert.equal(rendered.meaning === 'trigger' && rendered.event.payload.severity, 'error');
  const meaning = (more: Parameters<typeof anActivity>[0]) =>
    meaningOf({ activity: anActivity(more), transition: null });
  assert.equal(meaning({ ...found, tone: 'good' }), 'resolve');
  assert.equal(meaning({ ...found, tone: 'done' }), 'resolve');
  assert.equal(meaning({ ...found, tone: 'waiting' }), 'change');
  assert.equal(meaning({ tone: 'done' }), 'change');
  assert.equal(meaningOf({ activity: aRun(true), transition: null }), 'resolve');
  assert.equal(alertKey(anActivity(found)), alertKey(anActivity({ ...found, tone: 'good' })));
  assert.notEqual(alertKey(anActivity(found)), alertKey(anActivity({ ...found, tone: 'good', source: 'somebody' })));
});

test('a key is at most 255 characters on one line, and two that are longer differ', () => {
  const keyOf = (key: string) => alertKey(anActivity({ result: { key, run: '1', passed: false, headlines: {} } }));
  assert.equal(keyOf('x'.repeat(255)), 'x'.repeat(255));
  const [one, other] = [keyOf(`${'👍'.repeat(150)}1`), keyOf(`${'👍'.repeat(150)}2`)];
  assert.ok(one !== other && one.length <= 255 && one.isWellFormed());
  assert.notEqual(keyOf('a\nb'), keyOf('a b'));
  assert.match(keyOf('\u202e'), /^[0-9a-f]{32}$/);
  const bare = { subject: null, result: null };
  assert.equal(alertKey(anActivity({ ...bare, thread: 'acme/api#12' })), 'github acme/api#12');
  assert.equal(alertKey(anActivity({ ...bare, dedupKey: 'github:1' })), 'github github:1');
});

test('what PagerDuty tells, and changes where they are not wanted or not taken, are declined', () => {
  const ask = (activity: Activity, more: Partial<PagerdutySettings> = {}, transition: Transition | null = null) =>
    made('https://x.test', more).destination.declines?.({ activity, transition }) ?? null;
  const incident = anActivity({ dedupKey: 'pagerduty:01ABC', tone: 'bad', actor: person('mona') });
  assert.match(ask(incident) ?? '', /an incident about an incident/);
  assert.equal(ask(anActivity()), null);
  assert.match(ask(anActivity(), { changes: false }) ?? '', /changes: false/);
  assert.match(ask(aRun(true), { changes: false }, 'still_passing') ?? '', /changes: false/);
  assert.equal(ask(aRun(true), { changes: false }, 'fixed'), null);
  assert.equal(ask(aRun(false), { changes: false }, 'broke'), null);
  const orchestration = { routing_key: new Secret(ORCHESTRATION_KEY) };
  assert.match(ask(anActivity(), orchestration) ?? '', /takes alerts alone/);
  assert.equal(ask(aRun(false), orchestration, 'broke'), null);
});

const OK = '{"status":"success","message":"Event processed"}';
const invalid = (error: string) =>
  JSON.stringify({ status: 'invalid event', message: 'Event object is invalid', errors: [error] });

const ANSWERS: readonly (readonly [status: number, text: string, kind: string, waitMs?: number])[] = [
  [202, OK, 'sent'],
  [202, '<html>Sign in', 'retry'],
  [200, '{"ok":true}', 'retry'],
  [301, '', 'broken'],
  [400, invalid('Invalid routing key'), 'broken'],
  [400, invalid("Length of 'routing_key' is incorrect (should be 32 characters)"), 'broken'],
  [400, invalid("'payload.summary' is missing or blank"), 'rejected'],
  [401, '', 'broken'],
  [403, '', 'broken'],
  [404, '', 'broken'],
  [413, '', 'rejected'],
  [429, '', 'retry', 120_000],
  [500, '', 'retry'],
  [503, '<html>', 'retry'],
];
for (const [status, text, kind, waitMs] of ANSWERS) {
  test(`${status} ${text.slice(0, 90)} is ${kind}`, () => {
    const answered = { kind: 'answered', status, headers: new Headers(), text } as const;
    const outcome = judgeAnswer(answered, { key: KEY, now: 0, done: 'change' });
    assert.deepEqual([outcome.kind, 'retryAfterMs' in outcome ? outcome.retryAfterMs : undefined], [kind, waitMs]);
  });
}

test('a key that is refused is told with where to find another, and never repeated', () => {
  const text = invalid(`Invalid routing key ${ROUTING_KEY}`);
  const answered = { kind: 'answered', status: 400, headers: new Headers(), text } as const;
  const outcome = judgeAnswer(answered, { key: KEY, now: 0, done: '' });
  const reason = 'reason' in outcome ? outcome.reason : '';
  assert.match(
    reason,
    /^PagerDuty does not take the routing key \(400 Invalid routing key .*Events API V2.*region: eu$/,
  );
  assert.ok(!reason.includes(ROUTING_KEY));
});

test('each region has its own address, and another can be given', () => {
  assert.equal(originFor({ region: 'us' }), 'https://events.pagerduty.com');
  assert.equal(originFor({ region: 'eu' }), 'https://events.eu.pagerduty.com');
  assert.equal(originFor({ region: 'us', url: 'https://proxy.test' }), 'https://proxy.test');
});

test('what people paste that is no integration key is told with where it is', () => {
  assert.equal(keyProblem(ROUTING_KEY), undefined);
  assert.match(keyProblem('e+23rschqsESqk9Q6_-g') ?? '', /^is a key of the REST API/);
  assert.match(keyProblem('https://events.pagerduty.com') ?? '', /^is an address/);
  assert.match(keyProblem('hunter2') ?? '', /^is no integration key: .*Events API V2/);
});
