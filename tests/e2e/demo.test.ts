import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Posted } from '../../examples/demo/sender.ts';
import { tally } from '../../examples/demo/tally.ts';
import { dataDir, openInbox } from '../support/data-dir.ts';

const DEMO = fileURLToPath(new URL('../../examples/demo/demo.ts', import.meta.url));

/** Runs the demo without pauses. `onText` sees everything printed so far, each time there is more. */
async function runDemo(temporaryDir: string, onText: (text: string, stop: () => void) => void = () => {}) {
  const child = spawn(process.execPath, [DEMO, '--fast'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Settings of a real installation must not reach it: it would post there.
    env: {
      PATH: process.env['PATH'],
      TMPDIR: temporaryDir,
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      SLACK_WEBHOOK_URL: 'http://127.0.0.1:1/never',
      DATA_DIR: '/never',
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      onText(text, () => child.kill('SIGINT'));
    });
  }
  const [code] = await once(child, 'close');
  return { code, text };
}

test('the demo tells its whole story, loses nothing and leaves nothing behind', async () => {
  await using dir = await dataDir();
  const { code, text } = await runDemo(dir.path);
  assert.equal(code, 0, text);
  assert.ok(!text.includes('\u001b'), 'colours are for terminals');

  assert.match(text, /opened pull request #\d+: /);
  assert.match(text, /12 × 200/);
  assert.match(text, /401 signature_refused[^]*The signature does not match/);
  assert.match(text, /200 duplicate: it is event 1, told once/);
  assert.match(text, /200 × 200, told in \d+ messages? instead of 200/);
  assert.match(text, /pid \d+ is gone[^]*60 × 200/);
  assert.match(text, /Event 2 · push[^]*Not announced: no rule is about push/);

  const { sent, accepted, stored, told, messages, skipped, lost } = numbers(text);
  assert.equal(lost, 0);
  assert.equal(sent, accepted + 2, 'one duplicate, one refused');
  assert.equal(stored, accepted);
  assert.equal(told + skipped, accepted);
  // The cards on the screen say the same as the inbox; one that was printed when the worker died may stand there twice.
  const twice = Number(/told twice +(\d+)/.exec(text)?.[1] ?? 0);
  const cards = [...text.matchAll(/received → stored → told in [\d.]+ m?s(?:, (\d+) in one)?/g)];
  const shown = cards.reduce((sum, [, size]) => sum + Number(size ?? 1), 0);
  assert.ok(shown >= told && shown <= told + twice, `${shown} on the screen, ${told} told, ${twice} perhaps twice`);
  assert.ok(cards.length >= messages && messages < told / 4, `${cards.length} cards, ${messages} messages`);

  assert.deepEqual(await leftIn(dir.path), []);
});

test('Ctrl-C ends the demo, its processes and its folder', async () => {
  await using dir = await dataDir();
  const { code, text } = await runDemo(dir.path, (text, stop) => {
    if (text.includes('opened pull request')) stop();
  });
  assert.equal(code, 130, text);
  assert.match(text, /Interrupted/);
  assert.deepEqual(await leftIn(dir.path), []);
  const url = /http:\S+/.exec(text)?.[0] ?? '';
  await assert.rejects(fetch(url), 'the receiver has gone');
});

test('what was acknowledged and is not in the inbox is counted as lost', async () => {
  await using dir = await dataDir();
  await using inbox = await openInbox(dir.path);
  const posted: Posted = { name: 'push', guid: 'g', status: 200, answer: 'accepted', id: 7, ms: 1 };
  const { lost } = await tally(inbox, [posted]);
  assert.deepEqual(lost, ['push g was acknowledged and is not stored']);
});

/** Node keeps its compile cache in the same place. */
async function leftIn(path: string): Promise<readonly string[]> {
  return (await readdir(path)).filter((name) => name !== 'node-compile-cache');
}

function numbers(text: string) {
  const after = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? Number.NaN);
  return {
    sent: after(/sent by us +(\d+)/),
    accepted: after(/(\d+) accepted/),
    stored: after(/stored +(\d+)/),
    told: after(/told +(\d+) +in/),
    messages: after(/in (\d+) messages\n/),
    skipped: after(/skipped +(\d+)/),
    lost: after(/lost +(\d+)/),
  };
}
