import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedEvent } from '../../../tests/golden/tell.ts';
import type { Activity } from '../../model/activity.ts';
import { PayloadError } from '../../shared/payload.ts';
import { sentence } from '../../text/sentence.ts';
import { identify } from './envelope.ts';
import { normalise } from './normalise.ts';
import { readTitle } from './title.ts';

type Json = Readonly<Record<string, unknown>>;

function toldOf(body: string): Activity {
  const normalised = normalise({ ...storedEvent('monitor', {}), body: Buffer.from(body) });
  assert.equal(normalised.kind, 'activity');
  return (normalised as { readonly activity: Activity }).activity;
}

const told = (payload: Json) => toldOf(JSON.stringify(payload));

test('however a template calls it, a monitor says what became of it', () => {
  for (const payload of [
    { alert_transition: 'Triggered', title: 'Disk is full' },
    { alertTransition: 'triggered', alertTitle: 'Disk is full' },
    { alert: { alert_transition: 'Triggered', title: 'Disk is full' } },
    { Alert: { Transition: 'Triggered' }, 'Alert Title': 'Disk is full' },
    { title: '[Triggered] Disk is full' },
    { title: '[P4] [Triggered on {host:db-2}] [Synthetics] Disk is full' },
    { event: { title: '[Triggered] Disk is full' }, alert_transition: 'null' },
    { text: '[Triggered] Disk is full' },
    { status: 'Alert', monitor_name: 'Disk is full', alert_transition: '$ALERT_TRANSITION' },
  ]) {
    const activity = told(payload);
    assert.equal(sentence(activity), 'Monitor triggered in Datadog: Disk is full', JSON.stringify(payload));
    assert.deepEqual([activity.kind, activity.facets.severity !== null], ['monitor.triggered', true]);
  }
  const form = new URLSearchParams({ 'alert[alert_transition]': 'Recovered', title: 'Disk is full' });
  assert.equal(sentence(toldOf(form.toString())), 'Monitor recovered in Datadog: Disk is full');
});

test('what Datadog writes before a title is read, what people write is left', () => {
  const { name, transition, priority, scope, isTest } = readTitle(
    '[P2] [Re-No Data on {host:a,env:b}] [TEST] [db] Disk',
  );
  assert.deepEqual(
    [name, transition, priority, scope, isTest],
    ['[db] Disk', 're_no_data', 'P2', 'host:a,env:b', true],
  );
  assert.equal(readTitle('[ok computer] Disk').name, '[ok computer] Disk');
  assert.equal(readTitle('[Triggered]').name, '');
});

test('a monitor breaks, warning or not, and is mended; its outage is one thread', () => {
  const at = (transition: string) =>
    told({ alert_id: '7', alert_scope: 'host:a', alert_cycle_key: '9', transition, title: 'x' });
  const results = ['Triggered', 'Warn', 'No Data', 'Recovered'].map((transition) => at(transition).result);
  assert.deepEqual(
    results.map((result) => result?.passed),
    [false, false, false, true],
  );
  assert.deepEqual([...new Set(results.map((result) => result?.key))], ['datadog monitor 7 host:a']);
  assert.equal(at('Triggered').keys.thread, 'datadog cycle 9');
  assert.equal(at('Recovered').keys.thread, 'datadog cycle 9');
});

test('what people wrote is shown without whom Datadog tells too, and without its own lines', () => {
  const body =
    '%%%\nRestart it. @slack-ops @mona@example.com\n\n- - -\n\n[[Monitor Status](https://app.datadoghq.eu/monitors/7)] · [[Edit Monitor](https://app.datadoghq.eu/monitors/7/edit)]\n%%%';
  const { said, subject, place } = told({ title: '[Warn] Disk', body });
  assert.equal(said.excerpt, 'Restart it.');
  assert.deepEqual([subject?.url, place?.url], ['https://app.datadoghq.eu/monitors/7', 'https://app.datadoghq.eu']);
});

test('an event is known by its own id, else by its bytes, and where these say no time, for a while', () => {
  const idOf = (payload: Json, now = 0) => {
    const identity = identify(Buffer.from(JSON.stringify(payload)), now);
    return 'id' in identity ? identity.id : null;
  };
  const ID = '6527123456789012345';
  assert.equal(idOf({ id: ID, x: 1 }), ID);
  assert.equal(idOf({ link: `https://app.datadoghq.com/event/event?id=${ID}` }), ID);
  assert.notEqual(idOf({ id: ID, transition: 'Triggered' }), idOf({ id: ID, transition: 'Recovered' }));
  // The monitor's id is the same each time.
  const short = { id: '260001', title: '[Triggered] Disk' };
  assert.equal(idOf(short, 0), idOf(short, 299_999));
  assert.notEqual(idOf(short, 0), idOf(short, 300_000));
  const dated = { ...short, date: '1767225600000' };
  assert.equal(idOf(dated, 0), idOf(dated, 300_000));
  assert.notEqual(idOf(dated), idOf({ ...dated, date: '1767225600001' }));
});

test('what is neither JSON nor a form is none of Datadog’s', () => {
  for (const body of ['', '[]', '7', 'Disk is full']) assert.throws(() => toldOf(body), PayloadError);
});

test('templates of other services say what happened where those want it', () => {
  const link = 'https://app.datadoghq.com/event/event?id=8549000000000000001';
  for (const payload of [
    {
      summary: '[Triggered] Disk is full',
      unique_key: '42',
      links: [{ href: link, text: 'Monitor' }],
      body: '%%%\n%%%',
    },
    { event_action: 'trigger', payload: { summary: '[Triggered] Disk is full', severity: 'error' } },
    { attachments: [{ title: '[Triggered] Disk is full' }] },
    { title: '[Triggered]', alert_name: 'Disk is full' },
    [{ title: '[Triggered] Disk is full' }],
  ]) {
    const activity = toldOf(JSON.stringify(payload));
    assert.equal(sentence(activity), 'Monitor triggered in Datadog: Disk is full', JSON.stringify(payload));
    assert.ok(activity.said.excerpt === null, activity.said.excerpt ?? '');
  }
  const form = new URLSearchParams({ payload: JSON.stringify({ title: '[Triggered] Disk is full' }) });
  assert.equal(sentence(toldOf(form.toString())), 'Monitor triggered in Datadog: Disk is full');
});

test('slips of the hand are forgiven, what is no JSON is refused, and so is what is nested too deep', () => {
  for (const body of [
    '{"title": "[Warn] Disk",}',
    '{"title": "[Warn] Disk", "body": "full\nnow"}',
    '\t{"title":"[Warn] Disk"}',
  ])
    assert.equal(sentence(toldOf(body)), 'Monitor warning in Datadog: Disk', body);
  const deep = `{"title": ${'['.repeat(10_000)}${']'.repeat(10_000)},}`;
  for (const body of ["{'title': 'Disk'}", '{"id": $ALERT_ID}', '[Triggered] Disk', '[', '[3]', deep])
    assert.deepEqual(identify(Buffer.from(body), 0), { missing: 'body, a JSON object or a form,' }, body.slice(0, 40));
});

test('what Datadog wrote as HTML is read as what it says, and nobody is called', () => {
  const body = 'x &gt; 5 &amp;&amp; y is &#x27;z&#x27;, ask @mona\nNotify: @ops\n@webhook-tidings mona@x.io';
  const { said } = told({ title: '[Triggered] Disk', body });
  assert.equal(said.excerpt, "x > 5 && y is 'z', ask @mona\n\n mona@x.io");
  assert.equal(sentence(told({ title: '$EVENT_TITLE', body: 'null' })), 'Event in Datadog');
});
