import assert from 'node:assert/strict';
import { test } from 'node:test';
import pc from 'picocolors';
import { createLog } from '../shared/log.ts';
import { logLine } from './log-line.ts';

const ATTEMPT = {
  destination: 'slack',
  attempt: 7,
  outcome: 'sent',
  state: 'sent',
  detail: '200 ok',
  dead: 0,
  size: 1,
  tries: 1,
  says: 'mona opened issue #1 in acme/api: The first one',
  notifications: [1],
  events: [1],
  ms: 126,
  receivedToEndMs: 200,
  pauseMs: 1_020,
  failures: 0,
};

/** What a terminal shows, without the time. */
function shown(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  write(createLog('trace', { write: (json) => (text += logLine(json, pc.createColors(false))) }));
  return text.replaceAll(/^\d\d:\d\d:\d\d {2}/gm, '');
}

test('what became of a message is a sentence', () => {
  const attempt = (changes: Partial<typeof ATTEMPT>) =>
    shown((log) => log.info({ ...ATTEMPT, ...changes }, 'told')).trimEnd();
  const says = `slack: ${ATTEMPT.says}`;
  assert.equal(attempt({}), `${says} · posted in 200 ms`);
  assert.equal(attempt({ tries: 2 }), `${says} · posted in 200 ms, at try 2`);
  const failed = { outcome: 'retry', state: 'queued', detail: 'Slack has a problem (500 oops)' };
  assert.equal(attempt(failed), `${says} · not told yet, the next try is in 1.0 s: Slack has a problem (500 oops)`);
  const broken = { outcome: 'broken', state: 'queued', detail: 'the webhook was removed' };
  assert.equal(attempt(broken), `${says} · not told, and nothing can be: the webhook was removed`);
  const dead = { outcome: 'rejected', state: 'dead', dead: 1, detail: 'no_service' };
  assert.equal(attempt(dead), `${says} · given up: no_service`);
  const lost = { outcome: 'unknown', state: 'unknown', detail: 'timeout' };
  assert.equal(attempt(lost), `${says} · told perhaps, the answer was lost: timeout`);
});

test('other lines say what else is known, and how grave it is', () => {
  assert.equal(
    shown((log) => log.warn({ source: 'github', from: '::1', more: 3, cause: null }, 'refused')),
    'WARN  refused (source github, from ::1, more 3)\n',
  );
  assert.equal(
    shown((log) => log.info('the settings changed')),
    'the settings changed\n',
  );
  assert.match(
    shown((log) => log.error({ err: new TypeError('x is not a function') }, 'the API could not answer')),
    /^ERROR {2}the API could not answer\n {10}TypeError: x is not a function\n {10} ?at /,
  );
});

test('no text from outside steers the terminal', () => {
  const evil = 'a\u001b[2J\u009b31m\u202eb\nc';
  const text = shown((log) => {
    log.warn({ userAgent: evil, err: Object.assign(new Error(evil), { stack: evil }) }, evil);
    log.info({ ...ATTEMPT, says: evil, detail: evil }, 'told');
  });
  assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
});
