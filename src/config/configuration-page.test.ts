import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { EVENT_TABLE } from '../run/event-table.ts';
import { loadConfig } from './load-config.ts';
import { knownKeys } from './schema/file-schema.ts';

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
      assert.ok((await loadConfig({ catalog: EVENT_TABLE, env, cwd })).rules.length > 0);
    });
  }

  test('names every option of the file', () => {
    const places = [
      knownKeys([], undefined),
      knownKeys(['sources', 'x'], undefined),
      ...['slack', 'console', 'http'].map((type) => knownKeys(['destinations', 'x'], type)),
      knownKeys(['rules', 0], undefined),
      knownKeys(['rules', 0, 'on', 'push'], undefined),
      knownKeys(['rules', 0, 'on', 'push', 'labels'], undefined),
    ];
    for (const key of places.flat()) assert.match(PAGE, new RegExp(`\`${key}\`|${key}:`), key);
  });

  test('names every environment variable that is read', () => {
    const sources = ['environment', 'config-file'].map((name) =>
      readFileSync(new URL(`./read/${name}.ts`, import.meta.url), 'utf8'),
    );
    const read = sources.flatMap((text) =>
      [...text.matchAll(/(?:env\[|address\(|token\(|readSwitch\()'([A-Z_]+)'/g)].map(([, name]) => name),
    );
    assert.ok(read.length > 10);
    for (const name of read) assert.ok(PAGE.includes(`\`${name}\``), name);
  });
});
