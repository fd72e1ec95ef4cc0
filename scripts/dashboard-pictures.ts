/**
 * Draws docs/dashboard/*.png: pages of the dashboard in a real browser, on a day that tests/browser/pictures.test.ts plays. `npm run pictures`;
 * with the fonts DejaVu and Noto Color Emoji. `CHROMIUM=/usr/bin/chromium`: another browser than the one that npm brought.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fewerColors } from './pictures/fewer-colors.ts';

const CHOSEN = ['inbox-light', 'inbox-dark', 'event-light', 'rules-light', 'problems-light', 'setup-light'];
const MOST_BYTES = 300_000;

const root = fileURLToPath(new URL('../', import.meta.url));
const target = join(root, 'docs/dashboard');
const drawn = mkdtempSync(join(tmpdir(), 'tidings-pictures-'));
try {
  const { status } = spawnSync(
    process.execPath,
    ['--import', './scripts/keep-compiled.js', '--test', 'tests/browser/pictures.test.ts'],
    { cwd: root, stdio: 'inherit', env: { ...process.env, TIDINGS_PICTURES: drawn } },
  );
  if (status !== 0) throw new Error('the day went wrong, and nothing was drawn');
  mkdirSync(target, { recursive: true });
  let bytes = 0;
  for (const name of CHOSEN) {
    const picture = fewerColors(readFileSync(join(drawn, `${name}.png`)));
    bytes += picture.length;
    writeFileSync(join(target, `${name}.png`), picture);
    process.stdout.write(`docs/dashboard/${name}.png ${picture.length.toLocaleString('en-US')} bytes\n`);
  }
  if (bytes > MOST_BYTES) throw new Error(`${bytes} bytes are more than a reader of the docs should load`);
} finally {
  rmSync(drawn, { recursive: true });
}
