import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LaneDepth } from '../../model/inbox/archive.ts';
import { systemClock } from '../../shared/clock.ts';
import type { MetricsDeps } from './collectors.ts';
import { createMetrics } from './metrics.ts';

const NOW = Date.UTC(2030, 0, 1);
const clock = { ...systemClock, now: () => NOW };

const IDLE = {
  owner: null,
  leaseExpiresAt: null,
  notBefore: 0,
  failures: 0,
  broken: null,
  held: null,
  sentAt: null,
  cardsBehind: 0,
};

function lane(name: string, depth: number, oldestReceivedAt: number | null, broken: LaneDepth['broken'] = null) {
  return { ...IDLE, lane: name, depth, oldestReceivedAt, broken };
}

function metrics(deps: Partial<MetricsDeps> = {}) {
  return createMetrics({ archive: null, clock, ...deps });
}

test('what was counted before loading is not lost, and counting goes on after it', async () => {
  const counted = metrics();
  counted.received('github', 'accepted');
  await counted.text();
  counted.received('github', 'accepted');
  counted.received('github', 'refused');
  const { body } = await counted.text();
  assert.match(body, /^tidings_received_total{source="github",result="accepted"} 2$/m);
  assert.match(body, /^tidings_received_total{source="github",result="refused"} 1$/m);
});

test('what is needed to count is loaded after the first that is counted, and not before', async () => {
  const waits: { readonly ms: number; readonly fire: () => void }[] = [];
  const after = (ms: number, fire: () => void) => (waits.push({ ms, fire }), () => {});
  const counted = metrics({ clock: { ...clock, after } });
  assert.equal(waits.length, 0);
  counted.received('github', 'accepted');
  counted.received('github', 'accepted');
  assert.deepEqual(
    waits.map(({ ms }) => ms),
    [1_000],
  );
  waits[0]?.fire();
  assert.match((await counted.text()).body, /^tidings_received_total{source="github",result="accepted"} 2$/m);
});

test('every call of the stages appears under its name and labels', async () => {
  const counted = metrics();
  counted.verified('github', 2);
  counted.appended(0.004);
  counted.expanded('routed');
  counted.attempted('team', 'retry', 0.2);
  counted.told('team', 0.012, 3);
  counted.uncertain('team', 4);
  counted.settled('team', 'absent', 2);
  counted.showedCard('team', 'edited');
  const { body, contentType } = await counted.text();
  assert.match(contentType, /^text\/plain; version=0.0.4/);
  for (const line of [
    'tidings_verified_total{source="github",secret="2"} 1',
    'tidings_append_seconds_bucket{le="0.005"} 1',
    'tidings_append_seconds_count 1',
    'tidings_expanded_total{state="routed"} 1',
    'tidings_attempts_total{destination="team",outcome="retry"} 1',
    'tidings_attempt_seconds_sum{destination="team"} 0.2',
    'tidings_told_seconds_bucket{le="0.02",destination="team"} 3',
    'tidings_uncertain_total{destination="team"} 4',
    'tidings_settled_total{destination="team",result="absent"} 2',
    'tidings_cards_total{destination="team",result="edited"} 1',
  ]) {
    assert.ok(body.includes(`\n${line}\n`), line);
  }
  assert.match(body, /^process_cpu_user_seconds_total /m);
});

test('lanes are read at the scrape, and one that is gone is gone', async () => {
  const own = ['prune', 'remind', 'listen'].map((name) => lane(name, 0, null));
  let lanes = [...own, lane('expand', 3, NOW - 2_500), { ...lane('team', 0, null), cardsBehind: 3 }];
  const counted = metrics({ archive: { depths: async () => lanes }, inFlightBytes: () => 12_000 });
  const first = (await counted.text()).body;
  assert.match(first, /^tidings_lane_depth{lane="expand"} 3$/m);
  assert.match(first, /^tidings_lane_oldest_age_seconds{lane="expand"} 2.5$/m);
  assert.match(first, /^tidings_lane_oldest_age_seconds{lane="team"} 0$/m);
  assert.match(first, /^tidings_in_flight_bytes 12000$/m);
  assert.match(first, /^tidings_lane_broken{destination="team"} 0$/m);
  assert.match(first, /^tidings_cards_behind{destination="team"} 3$/m);
  assert.doesNotMatch(first, /destination="expand"|lane="(?:prune|remind|listen)"/);
  lanes = [lane('team', 1, NOW, { at: NOW, reason: 'no_service' })];
  const { body } = await counted.text();
  assert.match(body, /^tidings_lane_broken{destination="team"} 1$/m);
  assert.doesNotMatch(body, /lane="expand"|no_service/);
});

test('a database that does not answer costs the lane gauges only', async () => {
  const counted = metrics({ archive: { depths: () => Promise.reject(new Error('gone')) } });
  counted.received('github', 'unavailable');
  const { body } = await counted.text();
  assert.match(body, /result="unavailable"} 1/);
  assert.doesNotMatch(body, /^tidings_lane_depth{/m);
});

test('every metric of ours explains itself', async () => {
  const { body } = await metrics({ archive: { depths: async () => [] } }).text();
  const helps = [...body.matchAll(/^# HELP (tidings_\w+) (.+)$/gm)];
  assert.ok(helps.length >= 10);
  for (const [, name, help] of helps) assert.ok((help?.length ?? 0) > 40, name);
});

test('two sets of metrics live side by side', async () => {
  const one = metrics();
  const two = metrics();
  one.expanded('routed');
  assert.doesNotMatch((await two.text()).body, /state="routed"/);
  assert.match((await one.text()).body, /state="routed"/);
});
