import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storedEvent } from '../../../tests/golden/tell.ts';
import type { Activity } from '../../model/activity.ts';
import { sentence } from '../../text/sentence.ts';
import { normalise } from './normalise.ts';

type Json = Readonly<Record<string, unknown>>;

const MONA = { id: 'P1', type: 'user_reference', summary: 'Mona' };
const INCIDENT = {
  id: 'Q1',
  type: 'incident',
  number: 7,
  title: 'Orders are late',
  created_at: '2026-01-01T00:00:00Z',
  service: { summary: 'Orders' },
};

function toldOf(payload: Json): Activity {
  const normalised = normalise(storedEvent('incident', payload));
  assert.equal(normalised.kind, 'activity');
  return (normalised as { readonly activity: Activity }).activity;
}

function told(action: string, more: Json = {}, agent: unknown = MONA): Activity {
  const event = { id: `01-${action}`, event_type: `incident.${action}`, occurred_at: '2026-01-01T02:10:00Z', agent };
  return toldOf({ event: { ...event, data: { ...INCIDENT, ...more } } });
}

test('only a person is named: what an integration, a workflow or PagerDuty itself does begins with the incident', () => {
  assert.equal(sentence(told('resolved')), 'Mona resolved incident #7 in Orders: Orders are late');
  for (const agent of [
    null,
    'Mona',
    {},
    { ...MONA, type: 'inbound_integration_reference' },
    { type: 'user_reference' },
  ])
    assert.equal(sentence(told('resolved', {}, agent)), 'Incident #7 resolved in Orders: Orders are late');
});

test('how long an incident lasted is counted from when it was reopened', () => {
  assert.deepEqual(told('resolved').said.facts, ['lasted 2 h 10 min']);
  assert.deepEqual(told('resolved', { reopened_at: '2026-01-01T02:00:00Z' }).said.facts, ['lasted 10 min']);
  assert.deepEqual(told('resolved', { created_at: '2027-01-01T00:00:00Z' }).said.facts, []);
});

test('rules can ask how bad it is: by its priority, else its urgency', () => {
  const severity = (more: Json) => told('triggered', more).facets.severity;
  assert.equal(severity({ priority: { summary: 'P1' }, urgency: 'low' }), 'critical');
  assert.equal(severity({ priority: { summary: 'Sunny' }, urgency: 'high' }), 'high');
  assert.equal(severity({ urgency: 'low' }), 'low');
  assert.equal(severity({}), null);
});

test('an incident breaks when it is triggered or reopened, and is mended when it is resolved', () => {
  const results = ['triggered', 'acknowledged', 'resolved', 'reopened'].map((action) => told(action).result);
  assert.deepEqual(
    results.map((result) => result && [result.key, result.passed]),
    [['pagerduty incident Q1', false], null, ['pagerduty incident Q1', true], ['pagerduty incident Q1', false]],
  );
});

test('all that concerns an incident is one thread, a note of it and the second generation too', () => {
  const note = { incident: { id: 'Q1', summary: 'Orders are late' }, content: 'Rolled back' };
  const threads = [
    told('triggered'),
    toldOf({ event: { id: '1', event_type: 'incident.annotated', agent: MONA, data: note } }),
    toldOf({ messages: [{ id: '2', event: 'incident.resolve', incident: { id: 'Q1', incident_number: 7 } }] }),
  ].map(({ keys }) => keys.thread);
  assert.deepEqual(threads, Array(3).fill('pagerduty incident Q1'));
});

test('the first generation is told as the later ones', () => {
  const incident = {
    id: 'Q1',
    incident_number: 7,
    created_on: '2026-01-01T00:00:00Z',
    service: { name: 'Orders' },
    trigger_summary_data: { subject: 'Orders are late' },
    assigned_to: [{ object: { id: 'P1', name: 'Mona' } }],
    last_status_change_by: { id: 'P1', name: 'Mona' },
  };
  const message = { id: 'm', type: 'incident.resolve', created_on: '2026-01-01T02:10:00Z', data: { incident } };
  const activity = toldOf({ messages: [message] });
  assert.equal(sentence(activity), 'Mona resolved incident #7 in Orders: Orders are late');
  assert.deepEqual(
    [activity.kind, activity.said.facts, activity.facets.assignees, activity.keys.thread],
    ['incident.resolved', ['lasted 2 h 10 min'], ['Mona'], 'pagerduty incident Q1'],
  );
});

test('what is done with an incident is in the sentence', () => {
  const says = (type: string, data: Json) => {
    const event = { id: '01', event_type: `incident.${type}`, occurred_at: '2026-01-01T00:00:00Z', agent: MONA };
    return sentence(toldOf({ event: { ...event, data } }));
  };
  const incident = { id: 'Q1', summary: 'Orders are late' };
  assert.equal(
    says('task.created', { incident, name: 'Tell support' }),
    'Mona added task Tell support to an incident in PagerDuty: Orders are late',
  );
  assert.equal(
    says('incident_type.changed', { ...INCIDENT, incident_type: { name: 'security_breach' } }),
    'Mona set the type of incident #7 to security breach in Orders: Orders are late',
  );
  assert.equal(
    says('workflow.completed', { incident, incident_workflow: { summary: 'Call all' } }),
    'Workflow Call all completed in PagerDuty: Orders are late',
  );
  assert.equal(says('service_updated', INCIDENT), 'Mona moved incident #7 to Orders: Orders are late');
});
