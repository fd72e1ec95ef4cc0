import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { httpBodySchema } from '../../scripts/http-body-schema.ts';
import { activityBody } from '../../src/destinations/activity-body.ts';
import type { Activity } from '../../src/model/activity.ts';
import { contentOf, flatContent } from '../../src/model/flat-activity.ts';
import type { Notification } from '../../src/model/notification.ts';
import type { Transition } from '../../src/model/scales.ts';
import { sample, sampleNames } from '../../src/sources/github/samples/sample.ts';
import { aNotification } from '../fixtures/activities.ts';
import { recorded, written } from './payloads.ts';
import { tell } from './tell.ts';

/** As it is published, but that nothing more may be there: what is not described is found. */
const validate = new Ajv({ strict: true, formats: { 'date-time': true } }).compile(closed(httpBodySchema()) as object);

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'required' in schema && !('additionalProperties' in schema)
    ? { ...inside, additionalProperties: false }
    : inside;
}

const MENTIONS = [
  { name: 'mona', ids: { slack: 'U012AB3CD', other: '17' } },
  { name: 'acme/backend', ids: {} },
  { name: 'here', ids: {}, audience: 'here' } as const,
];

function notifications(): readonly Notification[] {
  const samples = sampleNames().flatMap((name) => sample(name, { n: 1, now: 1_767_225_600_000 }) ?? []);
  const activities = [...recorded(), ...written(), ...samples].flatMap(({ type, payload }): readonly Activity[] => {
    const told = tell(type, payload);
    return told.kind === 'activity' ? [told.activity] : [];
  });
  return activities.map((activity, index) => {
    const transition: Transition | null = activity.result === null ? null : 'still_broken';
    return { ...aNotification(activity, index + 1, index % 7 === 0 ? MENTIONS : []), transition };
  });
}

test('docs/http-body.schema.json describes what is posted of every payload and every sample, and nothing is left out', () => {
  const all = notifications();
  assert.ok(all.length > 400, String(all.length));
  for (const notification of all) {
    const body: unknown = JSON.parse(JSON.stringify(activityBody(notification)));
    assert.ok(validate(body), `${notification.activity.kind}: ${JSON.stringify(validate.errors)}`);
  }
});

test('a body that is not as promised is refused', () => {
  const [notification] = notifications();
  assert.ok(notification);
  const body = activityBody(notification);
  assert.equal(validate({ ...body, version: 2 }), false);
  assert.equal(validate({ ...body, more: 1 }), false);
  assert.equal(validate({ ...body, data: { ...body.data, labels: null } }), false);
  const { headline: _, ...data } = body.data;
  assert.equal(validate({ ...body, data }), false);
});

test('one record says all of it: what is read back from it is what was told', () => {
  for (const { activity, transition, mentions } of notifications()) {
    const content = { activity, transition, mentions };
    assert.deepEqual(contentOf(flatContent(content)), content);
  }
});
