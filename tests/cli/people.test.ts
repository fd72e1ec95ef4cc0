import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { newEvent } from '../fixtures/stored.ts';
import { dataDir, openInbox } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';

const NOW = Date.now();
const DAY = 86_400_000;

function opened(login: string, asked: readonly string[], at: number) {
  const made = sample('pull_request.opened', { n: 0, now: NOW });
  const user = (name: string) => ({ login: name, html_url: `https://github.com/${name}`, type: 'User' });
  const pullRequest = {
    ...(made?.payload['pull_request'] as object),
    user: user(login),
    assignees: [],
    requested_reviewers: asked.map(user),
    requested_teams: [],
  };
  const text = JSON.stringify({ ...made?.payload, sender: user(login), pull_request: pullRequest });
  return newEvent({ type: 'pull_request', text, receivedAt: at });
}

test('people lists the logins of 30 days that nobody is known for, and reads only', async () => {
  await using dir = await dataDir();
  writeFileSync(join(dir.path, 'tidings.yaml'), 'people: { mona: U012AB3CD }\n');
  {
    await using inbox = await openInbox(dir.path);
    await inbox.append(opened('old-timer', [], NOW - 31 * DAY));
    await inbox.append(opened('Mona', ['zoe'], NOW - 2 * DAY));
    await inbox.append(opened('zoe', ['a\u001b[31mb', 'renovate[bot]'], NOW - DAY));
  }
  const people = (...argv: readonly string[]) => inProcess(['people', ...argv], dir.path);
  const json = await people('--json');
  const found = json.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    found.map(({ login, events }) => [login, events]),
    [
      ['zoe', 2],
      ['a\u001b[31mb', 1],
    ],
  );
  assert.equal(found[0]?.['source'], 'github');
  const { stdout, stderr } = await people();
  assert.match(stdout, /^LOGIN +EVENTS +LAST SEEN +AS +SOURCE\nzoe +2 +\S.* ago +/);
  assert.doesNotMatch(stdout, /(?!\n)\p{Cc}/u);
  assert.match(stderr, /2 logins nobody is known for.*`people: \{ zoe: U… \}`/);
  assert.match((await people('--since', '1m')).stderr, /Everybody seen since .* is in people\./);
});
