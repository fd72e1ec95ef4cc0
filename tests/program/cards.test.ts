import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { type SlackApiDouble, startSlackApi } from '../doubles/slack-api.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';

const CHANNEL = 'C0000001';

function happened(name: string): Parameters<typeof deliver>[1] {
  const [type = ''] = name.split('.');
  const made = sample(name, { n: 1, now: Date.UTC(2026, 0, 15) })?.payload;
  return delivery(type, made ?? assert.fail(name), { guid: name });
}

async function settled(path: string): Promise<void> {
  await using inbox = await openInbox(path);
  await drained(inbox);
}

/** What stands in the channel, each with what stands in its thread. */
function shownIn({ workspace }: SlackApiDouble) {
  return workspace.messages.inChannel(CHANNEL).map((message) => {
    return [message.text, ...workspace.messages.replies(message).map(({ text }) => text)];
  });
}

const TITLE = 'Cache CSV exports behind a proxy';

for (const [where, card, rule] of [
  ['a destination', true, {}],
  ['a rule', undefined, { card: true }],
] as const) {
  test(`\`card: true\` of ${where}: a pull request is one message, and what happens to it is told in its thread`, async () => {
    await using dir = await dataDir();
    await using slack = await startSlackApi({ intervalMs: 0 });
    const team = { type: 'slack', token: slack.token, channel: CHANNEL, per_second: 0, ...(card && { card }) };
    await configure(dir.path, {
      destinations: { team },
      rules: [
        { on: ['pull_request', 'pull_request_review'], ...rule },
        { on: 'issues', card: false },
      ],
    });
    await using server = await serverInProcess('start', dir.path, { SLACK_API_URL: slack.url });
    for (const name of [
      'pull_request.opened',
      'pull_request_review.submitted',
      'pull_request.merged',
      'issues.opened',
    ]) {
      assert.equal((await deliver(server.url, happened(name))).status, 200);
      await settled(dir.path);
    }
    await slack.until(() => shownIn(slack)[0]?.[0]?.startsWith('Merged') === true);
    assert.deepEqual(shownIn(slack), [
      [
        `Merged: #513 ${TITLE} (acme/api)`,
        `octo-dev opened pull request #513 in acme/api: ${TITLE}`,
        `lin-wei requested changes on octo-dev's pull request #513 in acme/api (${TITLE}): The timer is never cleared when the first try succeeds.`,
        `hubot merged octo-dev's pull request #513 into main in acme/api: ${TITLE}`,
      ],
      ['octo-dev opened issue #42 in acme/api: CSV export times out behind a proxy'],
    ]);
    assert.deepEqual(slack.violations, []);
  });
}

test('`thread: none` leaves it to the card, and `broadcast` shows a reply in the channel too', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0 });
  await configure(dir.path, {
    destinations: { team: { type: 'slack', token: slack.token, channel: CHANNEL, card: true, per_second: 0 } },
    rules: [
      { name: 'seen', on: { pull_request: ['opened', 'labeled'], issue_comment: ['created'] }, thread: 'none' },
      { name: 'said', on: ['pull_request', 'pull_request_review'], broadcast: ['merged', 'closed'] },
      { name: 'talk', on: { release: ['published'] }, thread: 'none' },
    ],
  });
  await using server = await serverInProcess('start', dir.path, { SLACK_API_URL: slack.url });
  const names = ['pull_request.opened', 'pull_request_review.submitted', 'pull_request.merged', 'release.published'];
  for (const name of names) {
    assert.equal((await deliver(server.url, happened(name))).status, 200);
    await settled(dir.path);
  }
  await slack.until(() => shownIn(slack)[0]?.[0]?.startsWith('Merged') === true);
  const merged = `hubot merged octo-dev's pull request #513 into main in acme/api: ${TITLE}`;
  const [card = [], ...others] = shownIn(slack);
  assert.deepEqual(
    card.slice(1).map((text) => text.split(' ').slice(0, 2).join(' ')),
    ['lin-wei requested', 'hubot merged'],
  );
  assert.deepEqual(
    others.map(([text]) => text?.replace(/:.*/s, '')),
    [merged.replace(/:.*/s, ''), 'octo-dev published release v2.1.0 in acme/api'],
  );
  const { stdout } = await inProcess(['explain', '1'], dir.path);
  assert.match(stdout, /In team its card alone shows it: thread: none\n/);
  assert.match(stdout, /Not announced: shown on its card only, in team\./);
  assert.deepEqual(slack.violations, []);
});

test('what is held back after a restore makes no card, and what it says is known all the same', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0 });
  const team = { type: 'slack', token: slack.token, channel: CHANNEL, card: true, per_second: 0 };
  await configure(dir.path, { destinations: { team }, rules: [{ on: 'pull_request' }] });
  const env = { SLACK_API_URL: slack.url };
  {
    await using server = await serverInProcess('receive', dir.path, env);
    await deliver(server.url, happened('pull_request.opened'));
  }
  assert.match((await inProcess(['hold'], dir.path, env)).stdout, /team/);
  assert.deepEqual(slack.log, []);
  await using inbox = await openInbox(dir.path);
  const [subject] = await inbox.subjects(['acme/api#513']);
  assert.equal(subject?.facts['title']?.value, TITLE);
});

test('while what waits is held back after a restore, no source listens: what it heard would come to nobody else', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0 });
  const sources = { workspace: { provider: 'slack' }, github: { provider: 'github' } };
  await configure(dir.path, {
    sources,
    destinations: { console: { type: 'console' } },
    rules: [{ on: 'pull_request' }],
  });
  const env = { SLACK_API_URL: slack.url, SLACK_APP_TOKEN: slack.appToken };
  {
    await using server = await serverInProcess('receive', dir.path, env);
    await deliver(server.url, happened('pull_request.opened'));
  }
  const held = await inProcess(['hold'], dir.path, env);
  assert.match(held.stdout, /console/, held.stderr);
  assert.deepEqual([slack.log, slack.sockets.connections], [[], []]);
});
