import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { CATALOG } from '../../catalog.ts';
import { loadConfig } from '../load-config.ts';
import { redactedRule } from './describe-config.ts';
import { ruleWords } from './rule-words.ts';

async function words(yaml: string, env: Readonly<Record<string, string>> = {}) {
  await using dir = await dataDir();
  writeFileSync(join(dir.path, 'tidings.yaml'), yaml);
  const config = await loadConfig({
    catalog: CATALOG,
    env: { GITHUB_WEBHOOK_SECRET: 'k3J9sQ2mWx8ZpL4v', ...env },
    cwd: dir.path,
    readOnly: true,
  });
  return config.rules.map((rule, index) => ruleWords(rule, redactedRule(rule, index, config)).says);
}

test('a rule says what it tells, where, and on which terms', async () => {
  assert.deepEqual(
    await words(`
destinations: { team: { type: console }, desk: { type: console } }
rules:
  - on: push
  - on: { issues: [opened, closed], "*": {} }
    repos: ["acme/*", "!acme/secret", octo/one]
    ignore: [bots, drafts]
    to: [team]
  - on:
      pull_request:
        types: [opened]
        labels: { any: [bug, urgent], none: [wip] }
        branches: [main]
    if: activity.actor.login != "mona"
    settle: 30s
    mention: [assignees]
    stop: true
    quiet: { hours: ["22:00-07:00"], zone: Europe/Berlin }
    to: [desk]
`),
    [
      'push → team and desk',
      'issues.opened, issues.closed and everything else of acme/* or octo/one, not acme/secret → team; not what bots do or drafts',
      'pull_request.opened with branches main and labels bug or urgent, none of wip → desk; only if activity.actor.login != "mona"; 30s later, once labels are there; later in quiet hours (hours 22:00-07:00, zone Europe/Berlin); calling assignees; and no later rule is asked',
    ],
  );
});

test('what came out of a variable is told by the name of the variable', async () => {
  const [says = ''] = await words('rules:\n  - on: push\n    repos: ["${OUR_REPO}"]\n', { OUR_REPO: 'acme/hidden' });
  assert.match(says, /^push of \[from OUR_REPO\] → /);
});
