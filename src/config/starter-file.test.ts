import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataDir } from '../../tests/support/data-dir.ts';
import { CATALOG } from '../catalog.ts';
import { loadConfig } from './load-config.ts';
import { STARTERS, starterFile } from './starter-file.ts';

for (const tell of STARTERS) {
  test(`a first file that tells ${tell} is a valid one, on the terminal and on Slack`, async () => {
    await using dir = await dataDir();
    const text = starterFile({ tell, repos: ['acme/*', '!acme/sandbox'], ignoresBots: true });
    writeFileSync(join(dir.path, 'tidings.yaml'), text);
    for (const [env, to] of [
      [{ GITHUB_WEBHOOK_SECRET: 'known' }, 'console'],
      [{ GITHUB_WEBHOOK_SECRET: 'known', SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/x' }, 'slack'],
    ] as const) {
      const [rule] = (await loadConfig({ catalog: CATALOG, env, cwd: dir.path })).rules;
      assert.deepEqual([rule?.to, rule?.repos, rule?.ignore], [[to], ['acme/*', '!acme/sandbox'], ['bots']]);
      assert.ok((rule?.on.size ?? 0) >= 3);
    }
  });
}

test('a person can read it', () => {
  const text = starterFile({ tell: 'classics', repos: [], ignoresBots: false });
  assert.equal(
    text.slice(text.indexOf('rules:')),
    'rules:\n  - name: news\n    on:\n      issues: [opened]\n      pull_request: [opened, merged]\n      star: [created]\n',
  );
});
