import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CATALOG } from '../catalog.ts';
import { loadConfig } from './load-config.ts';
import { rowsOf } from './rows/rows.ts';
import { knownKeys } from './schema/file-schema.ts';

const ROWS = await rowsOf(CATALOG);
const PAGE = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const EXAMPLES = [...PAGE.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, yaml = '']) => yaml);

/** Whatever the examples ask for. */
const ENV = {
  GITHUB_WEBHOOK_SECRET: 'a',
  ACME_WEBHOOK_SECRET: 'b',
  SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/team',
  RELEASES_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/releases',
  MATTERMOST_HOOK: 'xyz',
  SLACK_BOT_TOKEN: 'xoxb-0-team',
  AUDIT_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
};

describe('docs/configuration.md', () => {
  test('has examples', () => assert.ok(EXAMPLES.length >= 4));

  for (const [index, yaml] of EXAMPLES.entries()) {
    test(`example ${index + 1} loads without a problem`, async (t) => {
      const cwd = mkdtempSync(join(tmpdir(), 'tidings-page-'));
      t.after(() => rmSync(cwd, { recursive: true, force: true }));
      writeFileSync(join(cwd, 'tidings.yaml'), yaml);
      // An example of rules alone tells the default destination, the console where no webhook is set.
      const env = yaml.includes('${SLACK_') ? ENV : { ...ENV, SLACK_WEBHOOK_URL: '', SLACK_BOT_TOKEN: '' };
      assert.ok((await loadConfig({ catalog: CATALOG, env, cwd })).rules.length > 0);
    });
  }

  test('names every option of the file', () => {
    const places = [
      knownKeys([], {}, ROWS),
      ...Object.keys(CATALOG.providers).map((provider) => knownKeys(['sources', 'x'], { provider }, ROWS)),
      ...Object.keys(CATALOG.channels).map((type) => knownKeys(['destinations', 'x'], { type }, ROWS)),
      knownKeys(['people', 'x'], {}, ROWS),
      knownKeys(['teams', 'x'], {}, ROWS),
      knownKeys(['rules', 0], {}, ROWS),
      knownKeys(['rules', 0, 'on', 'push'], {}, ROWS),
      knownKeys(['rules', 0, 'on', 'push', 'labels'], {}, ROWS),
    ];
    for (const key of places.flat()) assert.match(PAGE, new RegExp(`\`${key}\`|${key}:`), key);
  });

  test('names every environment variable that is read', () => {
    const own = ['read/environment.ts', 'read/read-config-file.ts'];
    const rows = globSync(['../{sources,destinations}/*/{provider,channel}.ts'], { cwd: import.meta.dirname });
    const texts = [...own, ...rows].map((path) => readFileSync(join(import.meta.dirname, path), 'utf8'));
    const read = texts.flatMap((text) =>
      [...text.matchAll(/(?:env\[|address\(|base\(|text\(|token\(|variable: |readSwitch\()'([A-Z_]+)'/g)].map(
        ([, name]) => name,
      ),
    );
    assert.ok(rows.length >= 4);
    assert.ok(read.length > 10);
    for (const name of read) assert.ok(PAGE.includes(`\`${name}\``), name);
  });
});
