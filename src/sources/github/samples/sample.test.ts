import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fateOf, whyNever } from '../../../model/event-catalog.ts';
import { splitName } from '../../../model/kind.ts';
import { eventOf } from '../events.ts';
import { normalise } from '../normalise.ts';
import { sample, sampleNames } from './sample.ts';

const now = Date.UTC(2026, 0, 15, 9, 30);

function bodyOf(name: string, n: number): string {
  const made = sample(name, { n, now });
  assert.ok(made, name);
  return JSON.stringify(made.payload);
}

test('every sample is told under its own name, or skipped on purpose', () => {
  for (const name of sampleNames()) {
    const named = splitName(name);
    const fate = fateOf(eventOf(named.type) ?? assert.fail(name), named.action);
    const isSkipped = whyNever(fate) !== null;
    for (const n of [0, 1, 2, 3, 4, 999]) {
      const type = sample(name, { n, now })?.type ?? '';
      const body = Buffer.from(bodyOf(name, n));
      const result = normalise({
        id: 1,
        origin: 'webhook',
        source: 'github',
        deliveryId: '1',
        guid: '1',
        type,
        headers: {},
        body,
        receivedAt: now,
        storedAt: now,
        replays: 0,
        settled: null,
      });
      if (isSkipped) assert.equal(result.kind, 'skip', name);
      else assert.equal(result.kind === 'activity' && result.activity.kind, name);
    }
  }
});

test('samples are as large as what GitHub sends', () => {
  const kilobytes = (name: string) => bodyOf(name, 0).length / 1_000;
  for (const [name, least, most] of [
    ['issues.assigned', 10, 14],
    ['issue_comment.created', 10, 14],
    ['pull_request.opened', 20, 26],
    ['pull_request.merged', 20, 26],
    ['push', 6, 9],
    ['star.created', 5.5, 7],
    ['workflow_run.completed', 15, 21],
  ] as const) {
    assert.ok(kilobytes(name) >= least && kilobytes(name) <= most, `${name}: ${kilobytes(name)} kB`);
  }
});

test('bodies of one kind never repeat', () => {
  for (const name of ['issues.opened', 'pull_request.merged', 'star.created', 'push', 'fork', 'ping']) {
    const bodies = new Set(Array.from({ length: 300 }, (_, n) => bodyOf(name, n)));
    assert.equal(bodies.size, 300, name);
  }
});

test('titles do not come back for hundreds of samples', () => {
  const titles = new Set(
    Array.from({ length: 400 }, (_, n) => {
      const issue = sample('issues.opened', { n, now })?.payload['issue'] as { readonly title: string };
      return issue.title;
    }),
  );
  assert.equal(titles.size, 400);
});

test('the same n and time give the same bytes, and an unknown name gives nothing', () => {
  assert.equal(bodyOf('push', 3), bodyOf('push', 3));
  assert.equal(sample('issues.danced', { n: 0, now }), undefined);
  assert.equal(sample('constructor', { n: 0, now }), undefined);
});
