/**
 * Records the first minute for the README: `node scripts/record-first-minute.ts > docs/first-minute.svg`
 *
 * It is a real run, in two real terminals of 80 columns, in an empty folder: `start`, `send`, and the card that appears. Only
 * the times are set by hand, so that it can be read, and the secret that is shown once is blotted out. Port 3000 must be free.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTerminal } from '../tests/support/terminal.ts';
import { drawTerminals } from './draw-terminals.ts';

const BIN = fileURLToPath(new URL('../bin/tidings.js', import.meta.url));
const ENV = { PATH: process.env['PATH'], HOME: process.env['HOME'], TERM: 'xterm-256color' };
const COMMAND = 'npx tidings send pull_request.opened';

const folder = await mkdtemp(join(tmpdir(), 'tidings-first-minute-'));
try {
  process.stdout.write(await record(folder));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function record(cwd: string): Promise<string> {
  await using server = inTerminal(process.execPath, [BIN, 'start'], cwd, ENV, 80);
  await server.shows(/Try it: .*\n/);
  const banner = server.raw;
  await using sender = inTerminal(process.execPath, [BIN, ...COMMAND.split(' ').slice(2)], cwd, ENV, 80);
  await sender.ended;
  await server.shows(/received → stored → .*\n/);
  const card = server.raw.slice(banner.length).trimEnd();
  server.press('ctrl-c');
  await server.ended;

  const first = {
    title: 'one terminal',
    scenes: [
      { at: 0, text: '$ ' },
      { at: 1, text: 'npm start', isTyped: true },
      { at: 3, text: `\n${blotted(banner)}\n` },
      { at: 8.5, text: card },
    ],
  };
  const second = {
    title: 'another terminal',
    scenes: [
      { at: 0, text: '$ ' },
      { at: 6, text: COMMAND, isTyped: true },
      { at: 8, text: `\n${sender.raw.trimEnd()}` },
    ],
  };
  return drawTerminals(
    [first, second],
    'npm start in one terminal, a sample delivery sent from another, and its card appears in the first.',
  );
}

function blotted(text: string): string {
  return text.replace(/[0-9a-f]{64}/g, '•'.repeat(64));
}
