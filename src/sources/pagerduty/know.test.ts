import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heardOf, mergedHeard } from '../../model/known/facts.ts';
import { know } from './know.ts';

type Json = Readonly<Record<string, unknown>>;

const BEGIN = Date.UTC(2026, 0, 1);
const MONA = { type: 'user_reference', summary: 'Mona Lisa' };

function event(name: string, second: number, data: Json = {}, agent: Json | null = null): Json {
  const service = { summary: 'Checkout' };
  const incident = { id: 'P1', type: 'incident', number: 3, title: 'Down', service, assignees: [MONA], ...data };
  const occurred_at = new Date(BEGIN + second * 1_000).toISOString();
  return { event: { id: `E${second}`, event_type: name, occurred_at, agent, data: incident } };
}

function note(second: number): Json {
  const data = { type: 'incident_note', content: 'Hm.', incident: { id: 'P1', summary: 'Down' } };
  const occurred_at = new Date(BEGIN + second * 1_000).toISOString();
  return { event: { id: 'N', event_type: 'incident.annotated', occurred_at, agent: MONA, data } };
}

function said(events: readonly Json[]): Record<string, unknown> {
  const heard = events.flatMap((payload, n) =>
    heardOf(know('incident', payload), { id: n + 1, receivedAt: BEGIN + 9e6 + n }),
  );
  const facts = mergedHeard(heard).find(({ thread }) => thread === 'pagerduty incident P1')?.facts ?? {};
  return Object.fromEntries(Object.entries(facts).map(([name, { value }]) => [name, value]));
}

test('an incident is what its newest event says, whatever came last', () => {
  const triggered = event('incident.triggered', 1);
  const acknowledged = event('incident.acknowledged', 2, { assignees: [] }, MONA);
  const resolved = event('incident.resolved', 2);
  const known = { handle: '#3', noun: 'incident', place: 'Checkout', title: 'Down' };
  for (const events of [
    [triggered, acknowledged],
    [acknowledged, triggered],
  ]) {
    const now = { state: 'acknowledged', assignees: [], latest: 'Mona Lisa acknowledged it' };
    assert.deepEqual(said(events), { ...known, ...now });
    const end = { state: 'resolved', assignees: ['Mona Lisa'], latest: 'It was resolved' };
    assert.deepEqual(said([...events, resolved]), { ...known, ...end }, 'also within one second');
    assert.deepEqual(said([resolved, ...events]), { ...known, ...end });
    assert.equal(said([event('incident.reopened', 9), ...events, resolved])['state'], 'open');
  }
});

test('other actions leave it in the state that they say, and a note in the one that it has', () => {
  assert.equal(said([event('incident.priority_updated', 3, { status: 'acknowledged' })])['state'], 'acknowledged');
  assert.equal(said([event('incident.priority_updated', 3, { status: 'odd' })])['state'], undefined);
  for (const events of [
    [event('incident.resolved', 2), note(3)],
    [note(3), event('incident.resolved', 2)],
  ]) {
    const { state, assignees, latest, place } = said(events);
    assert.deepEqual(
      [state, assignees, latest, place],
      ['resolved', ['Mona Lisa'], 'Mona Lisa wrote a note', 'Checkout'],
    );
  }
});

test('the second generation says the same', () => {
  const incident = { id: 'P1', incident_number: 3, title: 'Down', service: { name: 'Checkout' }, status: 'resolved' };
  const messages = [{ event: 'incident.resolve', created_on: '2026-01-01T00:00:09Z', incident, log_entries: [] }];
  assert.equal(said([event('incident.triggered', 9), { messages }])['state'], 'resolved');
  assert.equal(said([{ messages }, event('incident.triggered', 9)])['state'], 'resolved');
});

test('odd payloads say nothing, and never throw', () => {
  for (const odd of [null, 7, '', 'x', [], [null], {}, { id: 7 }, true]) {
    assert.deepEqual(know('incident', odd), []);
    assert.deepEqual(know('incident', { event: odd }), []);
    assert.deepEqual(know('incident', { messages: odd }), []);
    said([event('incident.triggered', 1, { status: odd, assignees: odd, service: odd, title: odd, number: odd })]);
    said([event('incident.resolved', 1, { incident: odd, assignments: [odd] })]);
  }
});
