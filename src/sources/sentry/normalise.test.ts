import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedEvent } from '../../../tests/golden/tell.ts';
import type { Activity } from '../../model/activity.ts';
import { PayloadError } from '../../shared/payload.ts';
import { sentence } from '../../text/sentence.ts';
import { normalise } from './normalise.ts';

type Json = Readonly<Record<string, unknown>>;

const ISSUE = { id: '12', shortId: 'SHOP-9', title: 'TypeError', project: { slug: 'shop' }, level: 'error' };
const MONA = { type: 'user', id: 7, name: 'Mona' };

function told(type: string, payload: Json): Activity {
  const normalised = normalise(storedEvent(type, payload));
  assert.equal(normalised.kind, 'activity');
  return (normalised as { readonly activity: Activity }).activity;
}

function issue(action: string, more: Json = {}, actor: unknown = MONA): Activity {
  return told('issue', { action, actor, data: { issue: { ...ISSUE, ...more } } });
}

test('a person who acts is named, Sentry and integrations are not', () => {
  assert.equal(sentence(issue('resolved')), 'Mona resolved issue SHOP-9 in shop: TypeError');
  for (const actor of [null, { ...MONA, type: 'application' }, { type: 'user' }, 'Mona'])
    assert.equal(sentence(issue('resolved', {}, actor)), 'SHOP-9 resolved in shop: TypeError');
});

test('an issue that comes back says why', () => {
  assert.equal(sentence(issue('unresolved', { substatus: 'regressed' }, null)), 'SHOP-9 is back in shop: TypeError');
  assert.equal(
    sentence(issue('unresolved', { substatus: 'escalating' }, null)),
    'SHOP-9 happens more and more in shop: TypeError',
  );
  assert.equal(sentence(issue('unresolved')), 'Mona reopened issue SHOP-9 in shop: TypeError');
});

test('who is assigned is a person, a team or whoever did it', () => {
  const to = (assignedTo: Json) => sentence(issue('assigned', { assignedTo }));
  assert.equal(to({ type: 'user', id: '8', name: 'Lena' }), 'Mona assigned issue SHOP-9 to Lena in shop: TypeError');
  assert.equal(to({ type: 'team', id: '8', name: 'web' }), 'Mona assigned issue SHOP-9 to #web in shop: TypeError');
  assert.equal(
    to({ type: 'user', id: '7', name: 'Mona' }),
    'Mona assigned themselves to issue SHOP-9 in shop: TypeError',
  );
});

test('issues and metric alerts break and are mended', () => {
  const alert = (action: string) =>
    told('metric_alert', { action, data: { metric_alert: { id: '1', alert_rule: { id: '7' } } } });
  const results = [issue('created'), issue('resolved'), issue('unresolved'), alert('critical'), alert('resolved')];
  assert.deepEqual(
    results.map(({ result }) => result && [result.key, result.passed]),
    [
      ['sentry issue 12', false],
      ['sentry issue 12', true],
      ['sentry issue 12', false],
      ['sentry metric alert 7', false],
      ['sentry metric alert 7', true],
    ],
  );
});

test('an issue, its alerts, its errors and its comments are one thread', () => {
  const event = { title: 'TypeError', issue_url: 'https://sentry.io/api/0/issues/12/' };
  const all = [
    issue('created'),
    told('event_alert', { action: 'triggered', data: { event } }),
    told('error', { action: 'created', data: { error: { title: 'TypeError', issue_id: 12 } } }),
    told('comment', { action: 'created', data: { comment_id: 1, issue_id: '12', comment: 'Hm' } }),
    told('event_alert', {
      message: 'Hm',
      url: 'https://sentry.io/acme/shop/issues/12/',
      event: { title: 'TypeError' },
    }),
  ];
  assert.deepEqual([...new Set(all.map(({ keys }) => keys.thread))], ['sentry issue 12']);
});

test('what contradicts its resource, which nobody signs, is kept back; what is new is not', () => {
  const payload = { action: 'created', data: { issue: ISSUE } };
  assert.deepEqual(normalise(storedEvent('comment', payload)), {
    kind: 'suspect',
    reason: 'it came as comment, but its body is of issue',
  });
  assert.equal(normalise(storedEvent('issue', { action: 'created', data: {} })).kind, 'activity');
  assert.equal(normalise(storedEvent('preprod_artifact', payload)).kind, 'activity');
});

test('an empty body is skipped, and what is no JSON object is none of Sentry’s', () => {
  const event = storedEvent('issue', {});
  assert.equal(normalise({ ...event, body: Buffer.alloc(0) }).kind, 'skip');
  assert.throws(() => normalise({ ...event, body: Buffer.from('[]') }), PayloadError);
});

test('the error that makes an issue, or brings it back, is told once, with the alerts that it meets', () => {
  const alert = (datetime: string) =>
    told('event_alert', { action: 'triggered', data: { event: { title: 'TypeError', issue_id: '12', datetime } } });
  const [first, later] = ['2026-01-15T09:00:00.123456Z', '2026-01-16T10:00:00Z'];
  assert.equal(issue('created', { firstSeen: first }).keys.dedup, alert(first).keys.dedup);
  assert.equal(issue('unresolved', { substatus: 'regressed', lastSeen: later }).keys.dedup, alert(later).keys.dedup);
  assert.notEqual(alert(first).keys.dedup, alert(later).keys.dedup);
});

test('feedback is no error, and what Sentry invents keeps its issue', () => {
  const feedback = { issueCategory: 'feedback', metadata: { message: 'The button is stuck', name: 'Lena' } };
  assert.equal(sentence(issue('created', feedback, null)), 'New feedback in shop: SHOP-9 The button is stuck');
  const merged = issue('merged');
  assert.equal(sentence(merged), 'Issue merged in shop by Mona: SHOP-9 TypeError');
  assert.equal(merged.keys.thread, 'sentry issue 12');
});

test('an issue without an address is found by the one that programs use', () => {
  const url = 'https://sentry.example.org/api/0/organizations/acme/issues/12/';
  assert.equal(issue('created', { url }).subject?.url, 'https://sentry.example.org/organizations/acme/issues/12/');
  assert.equal(issue('created', { url: 'https://sentry.io/api/0/issues/12/' }).subject?.url, 'https://sentry.io');
});
