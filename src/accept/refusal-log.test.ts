import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capturedLog, handClock } from './kit.test.ts';
import { trustedProxies } from './proxies/trusted-proxies.ts';
import { createRefusalLog, printable } from './refusal-log.ts';

const REQUEST = {
  headers: { 'user-agent': `GitHub-Hookshot/1\u001b[31m${'x'.repeat(200)}` },
  from: '192.0.2.7',
};

function bench() {
  const clock = handClock();
  const { log, lines } = capturedLog();
  let explained = 0;
  const refusals = createRefusalLog({ clock, log, proxies: trustedProxies(['loopback']) });
  const refuse = (source = 'github', cause = 'mismatch') =>
    refusals.refused(source, cause, REQUEST, () => `explanation ${++explained}`);
  return { clock, lines, refusals, refuse, explained: () => explained };
}

test('the first refusal is explained, with where it came from, cut and without control characters', () => {
  const { refuse, lines } = bench();
  refuse();
  assert.equal(lines[0]?.msg, 'explanation 1');
  assert.equal(lines[0]?.['from'], '192.0.2.7');
  assert.match(String(lines[0]?.['userAgent']), /^GitHub-Hookshot\/1\?\[31mx+…$/);
  assert.ok(String(lines[0]?.['userAgent']).length <= 81);
});

test('a flood is one explanation and one line that counts the rest', () => {
  const { refuse, lines, clock, explained } = bench();
  for (let i = 0; i < 50_000; i++) refuse();
  assert.equal(lines.length, 1);
  clock.advance(10_000);
  assert.equal(lines.length, 2);
  assert.match(lines[1]?.msg ?? '', /^and 49999 more refused \(mismatch\) since 2030-01-01T00:00:00/);
  assert.equal(explained(), 1);
});

test('after ten quiet seconds nothing is added, and the next refusal is explained again', () => {
  const { refuse, lines, clock } = bench();
  refuse();
  clock.advance(10_000);
  assert.equal(lines.length, 1);
  refuse();
  assert.deepEqual(
    lines.map(({ msg }) => msg),
    ['explanation 1', 'explanation 2'],
  );
});

test('each source and each cause has its own line', () => {
  const { refuse, lines } = bench();
  refuse('github', 'mismatch');
  refuse('github', 'unsigned');
  refuse('stripe', 'mismatch');
  refuse('github', 'mismatch');
  assert.equal(lines.length, 3);
});

test('what failed on our side is an error with its stack', () => {
  const { refusals, lines } = bench();
  refusals.failed('github', 'unavailable', REQUEST, new Error('disk full'), 'not stored');
  assert.equal(lines[0]?.level, 50);
  assert.match(JSON.stringify(lines[0]?.['err']), /disk full/);
});

test('printable text has only ASCII that shows', () => {
  assert.equal(printable('a\r\nb\u0000\u202ec', 20), 'a??b??c');
  assert.equal(printable('abcdef', 3), 'abc…');
});
