import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentence } from '../text/sentence.ts';
import { activityOf, type Envelope } from './activity-of.ts';
import { INCIDENT_STEPS, type Incident, incidentResult, incidentTold, severityOf } from './incident.ts';
import { person } from './parts.ts';

const ENVELOPE: Envelope = {
  provider: 'acme',
  source: 'acme',
  id: '1',
  type: 'incident',
  action: null,
  fate: 'told',
  actor: null,
  place: { name: 'Checkout', url: null },
  page: 'https://acme.test/12',
  occurredAt: null,
};
const INCIDENT: Incident = { noun: 'incident', handle: '#12', title: 'CPU is high', isByPerson: false };

const said = (step: (typeof INCIDENT_STEPS)[number], incident: Incident) =>
  sentence(
    activityOf({ ...ENVELOPE, actor: incident.isByPerson ? person('Mona') : null }, incidentTold(step, incident)),
  );

test('a step is told by who took it, else by what became of the incident', () => {
  const byMona = { ...INCIDENT, isByPerson: true };
  assert.equal(said('triggered', INCIDENT), 'Incident #12 triggered in Checkout: CPU is high');
  assert.equal(said('acknowledged', byMona), 'Mona acknowledged incident #12 in Checkout: CPU is high');
  assert.equal(
    said('escalated', { ...INCIDENT, to: 'Lena' }),
    'Incident #12 escalated to Lena in Checkout: CPU is high',
  );
  assert.equal(
    said('reassigned', { ...byMona, to: 'Lena' }),
    'Mona assigned incident #12 to Lena in Checkout: CPU is high',
  );
  const byHerself = { ...byMona, to: 'Mona', isToThemselves: true };
  assert.equal(said('reassigned', byHerself), 'Mona assigned themselves to incident #12 in Checkout: CPU is high');
  assert.equal(said('escalated', byHerself), 'Mona escalated incident #12 to themselves in Checkout: CPU is high');
  assert.equal(said('resolved', { ...INCIDENT, handle: null }), 'CPU is high resolved in Checkout');
  assert.equal(said('unacknowledged', INCIDENT), 'Incident #12 waits for somebody again in Checkout: CPU is high');
  for (const step of INCIDENT_STEPS) assert.match(incidentTold(step, INCIDENT).headline, /^Incident /);
});

test('what is resolved says how long it lasted', () => {
  const times = { startedAt: 0, endedAt: 130 * 60_000 };
  assert.deepEqual(incidentTold('resolved', { ...INCIDENT, ...times }).facts, ['lasted 2 h 10 min']);
  assert.deepEqual(incidentTold('triggered', { ...INCIDENT, ...times }).facts, [null]);
});

test('only what breaks or mends is a result, and each end of an outage is one of its own', () => {
  const runs = INCIDENT_STEPS.map((step) => incidentResult(step, 'monitor', 'monitor 7', 'cycle 1'));
  assert.deepEqual(
    runs.map((result) => result && [result.run, result.passed]),
    [
      ['cycle 1 triggered', false],
      null,
      null,
      null,
      null,
      null,
      ['cycle 1 resolved', true],
      ['cycle 1 reopened', false],
    ],
  );
});

test('grades of all providers are four', () => {
  for (const [word, severity] of [
    ['P1', 'critical'],
    ['SEV-2', 'high'],
    ['priority_3', 'medium'],
    ['Warning', 'medium'],
    ['fatal', 'critical'],
    ['info', 'low'],
    ['purple', null],
    ['', null],
    [null, null],
  ] as const) {
    assert.equal(severityOf(word), severity, String(word));
  }
});
