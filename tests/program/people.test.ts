import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { type Delivery, deliver, delivery } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';

const PEOPLE = { mona: 'U0000MONA', hubot: 'U000HUBOT' };

function reviewAsked(sender: string, reviewers: readonly string[], fields: Partial<Delivery> = {}): Delivery {
  const user = (login: string) => ({ login, html_url: `https://github.com/${login}`, type: 'User' });
  const made = sample('pull_request.review_requested', { n: 1, now: Date.UTC(2026, 0, 15) })?.payload;
  const pullRequest = { ...(made?.['pull_request'] as object), requested_reviewers: reviewers.map(user) };
  const [first = ''] = reviewers;
  const payload = { ...made, sender: user(sender), requested_reviewer: user(first), pull_request: pullRequest };
  return delivery('pull_request', payload, fields);
}

async function settled(path: string): Promise<void> {
  await using inbox = await openInbox(path);
  await drained(inbox);
}

test('who is asked gets a direct message, once for each that is asked, and again where it is replayed', async () => {
  await using dir = await dataDir();
  const users = Object.entries(PEOPLE).map(([name, id]) => ({ id, name }));
  await using slack = await startSlackApi({ intervalMs: 0, users });
  await configure(dir.path, {
    destinations: { people: { type: 'slack', token: slack.token, direct: true, per_second: 0 } },
    people: PEOPLE,
    teams: { 'acme/backend': { members: ['mona', 'hubot', 'zoe'] } },
    rules: [
      { name: 'look', on: { pull_request: ['review_requested'] }, to: '@asked' },
      { name: 'new', on: { issues: ['opened'] }, to: ['@acme/backend', '@author'] },
    ],
  });
  await using server = await serverInProcess('start', dir.path, { SLACK_API_URL: slack.url });
  const told = () => slack.log.map(({ args }) => args['channel']);

  const asked = reviewAsked('hubot', ['mona'], { guid: 'one' });
  for (const each of [asked, asked]) assert.equal((await deliver(server.url, each)).status, 200);
  await settled(dir.path);
  assert.deepEqual(told(), [PEOPLE.mona]);
  assert.doesNotMatch(slack.messages[0]?.text ?? '', /<@/);

  const issue = sample('issues.opened', { n: 3, now: Date.UTC(2026, 0, 15) })?.payload;
  await deliver(server.url, delivery('issues', { ...issue, sender: { login: 'stranger', type: 'User' } }));
  await settled(dir.path);
  assert.deepEqual(told().slice(1), [PEOPLE.mona, PEOPLE.hubot]);

  const { stdout } = await inProcess(['explain', '2'], dir.path);
  assert.match(stdout, /Rule new: matched → @acme\/backend, @author\n/);
  assert.match(stdout, /Of rule new, @acme\/backend: mona, hubot, zoe \(unknown to people\)\n/);
  await inProcess(['replay', '1'], dir.path);
  await settled(dir.path);
  assert.deepEqual(told().slice(3), [PEOPLE.mona]);

  await deliver(server.url, reviewAsked('mona', ['mona'], { guid: 'two' }));
  await settled(dir.path);
  assert.equal(told().length, 4, 'she asks herself');
  const own = (await inProcess(['explain', '3'], dir.path)).stdout;
  assert.match(own, /Not announced: rule look matched and tells nobody: @asked: mona \(did it\)\./);
  assert.match(
    (await inProcess(['destinations'], dir.path)).stdout,
    /people {2}slack\n {2}where {4}bot by direct message\n/,
  );
  assert.deepEqual(slack.violations, []);
});
