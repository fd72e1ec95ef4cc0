import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Asker } from '../../src/model/desk.ts';
import { createDesk } from '../../src/run/desk/desk.ts';
import { load } from '../../src/run/load.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { aWaitingPull } from '../fixtures/reminders.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { type Delivery, deliver, delivery } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';

const MONA: Asker = { who: 'mona (chat 7)', login: 'mona', from: 'chat, #general' };
const LINK = 'https://github.com/acme/api/issues/1';

/** Of issue 1, as it was opened; each unlike the others. */
function issue(action: string): Delivery {
  const { issue: about, repository, sender } = JSON.parse(String(issueOpened(1).body));
  return delivery('issues', { action, issue: about, repository, sender });
}

test('who asks why is told in the words of explain, by message, link or thread; and that they asked is kept', async () => {
  await using dir = await dataDir();
  const rules = [{ name: 'news', on: { issues: ['opened'] }, to: 'team' }];
  await configure(dir.path, { destinations: { team: { type: 'console' } }, rules });
  await using server = await serverInProcess('start', dir.path);
  await using inbox = await openInbox(dir.path);
  for (const each of [issue('opened'), issueOpened(11), issue('closed')]) await deliver(server.url, each);
  await drained(inbox);
  const env = { DATA_DIR: dir.path };
  const config = await load({ readOnly: true, purpose: 'read' }, { env, cwd: dir.path });
  const surroundings = { version: '1.2.3', invocation: 'npx tidings' };
  const desk = createDesk({ inbox, config, surroundings, clock: systemClock });

  const id = (await inbox.show(1))?.notifications[0]?.id ?? 0;
  const why = await desk.why(id, MONA);
  assert.deepEqual(
    [why?.eventId, why?.thread, why?.said, why?.url],
    [1, 'acme/api#1', 'mona opened issue #1 in acme/api: Issue 1', LINK],
  );
  assert.match(why?.command ?? '', /tidings explain 1$/);
  const { stdout } = await inProcess(['explain', '1'], dir.path);
  const explained = stdout.split('\n').slice(2).filter(Boolean);
  // Whoever asks in a chat wants to know when, and not how fast.
  const last = explained.pop()?.replace(/sent after 1 attempt, .* after receipt/, 'sent 0 s ago');
  assert.deepEqual(
    why?.lines.map((line) => line.replace(/\d+ s ago/, '0 s ago')),
    [...explained, last],
  );

  const ofPage = await desk.whyOf(`${LINK}?query=1#issuecomment-7`, MONA);
  assert.deepEqual(
    ofPage.map(({ eventId }) => eventId),
    [3, 1],
  );
  assert.match(ofPage[0]?.lines.at(-1) ?? '', /^Not announced: /);
  assert.equal(await desk.threadOf(LINK), 'acme/api#1');
  await inbox.learn([aWaitingPull(1, 1, { url: LINK })]);
  assert.equal((await desk.whyOfThread('acme/api#1', MONA)).length, 2);

  for (const none of [0, -1, 1.5, Number.NaN, 1e300, id + 100]) assert.equal(await desk.why(none, MONA), null);
  for (const none of [
    '',
    'acme/api#1',
    'https://github.com/acme/api/issues/7',
    'https://other.example/acme/api/issues/1',
  ])
    assert.deepEqual(await desk.whyOf(none, MONA), [], none);
  assert.deepEqual(await desk.whyOfThread('never/there#1', MONA), []);

  await desk.refused('mute', 'only team ops may', MONA);
  const audited = await inbox.audited(0, 20);
  assert.ok(audited.every(({ who, from }) => who === MONA.who && from === MONA.from));
  assert.deepEqual(
    audited
      .map(({ what, about, outcome }) => [what, about, outcome])
      .filter((_, n, all) => n === 0 || n > all.length - 4),
    [
      ['refused', 'mute', 'only team ops may'],
      ['asked why', 'acme/api#1', '2 events'],
      ['asked why', `${LINK}?query=1#issuecomment-7`, '2 events'],
      ['asked why', 'event 1', 'told'],
    ],
  );
  assert.match((await desk.status())[0] ?? '', /^Tidings 1\.2\.3, up for \d+ s/);
});

test('mutes are wished for one thread, listed for whoever they are for, and bounded', async () => {
  await using dir = await dataDir();
  await using inbox = await openInbox(dir.path);
  const config = await load({ readOnly: true, purpose: 'read' }, { env: { DATA_DIR: dir.path }, cwd: dir.path });
  const surroundings = { version: '1.2.3', invocation: 'npx tidings' };
  const desk = createDesk({ inbox, config, surroundings, clock: systemClock });
  const wish = { thread: 'acme/api#1', whom: '@Mona', until: null };
  await desk.mute(wish, { ...MONA, who: '💥'.repeat(1_000) });
  for (const until of [8.64e15, 9e15, Number.NaN, Number.POSITIVE_INFINITY])
    await desk.mute({ thread: `odd ${until}`, whom: 'team', until }, MONA);
  const muted = await desk.muted(['team', '@MONA', '@mona']);
  assert.deepEqual([muted.length, muted.every(({ until }) => until === null)], [5, true]);
  assert.ok((muted.find(({ whom }) => whom === '@mona')?.by.length ?? 0) <= 200);
  assert.equal(await desk.unmute({ thread: 'acme/api#1', whom: '@mOnA' }, MONA), true);
  assert.equal(await desk.unmute({ thread: 'acme/api#1', whom: '@mona' }, MONA), false);
  for (let n = 0; n < 60; n++) await desk.mute({ ...wish, thread: `acme/api#${n}` }, MONA);
  assert.equal((await desk.muted(['@mona'])).length, 50);
});
