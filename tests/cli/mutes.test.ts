import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventRecord } from '../../src/model/inbox/records.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { type Delivery, deliver, delivery } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';

const LINK = 'https://github.com/acme/api/issues/2';

/** Of the nth issue. */
function issue(n: number, action: string): Delivery {
  const { issue: about, repository, sender } = JSON.parse(String(issueOpened(n).body));
  return delivery('issues', { action, issue: { ...about, state: 'open' }, repository, sender });
}

test('what is muted is told nowhere it is muted, and explain says by whom; unmuted, or replayed, it is told', async () => {
  await using dir = await dataDir();
  const desk = { type: 'console' };
  const rules = [{ name: 'all', on: '*', to: ['desk', 'other'] }];
  await configure(dir.path, { destinations: { desk, other: desk }, rules });
  await using server = await serverInProcess('start', dir.path);
  await using inbox = await openInbox(dir.path);
  const tidings = (...argv: readonly string[]) => inProcess(argv, dir.path);
  const told = async (one: Delivery) => {
    await deliver(server.url, one);
    await drained(inbox);
    const [event] = await inbox.list({ limit: 1 });
    return inbox.show(event?.id ?? 0);
  };
  const where = (event: EventRecord | null) => event?.notifications.map(({ destination }) => destination);

  assert.deepEqual(where(await told(issue(1, 'opened'))), ['desk', 'other']);
  assert.deepEqual(where(await told(issue(2, 'opened'))), ['desk', 'other']);
  // By its link: of two events one is about that page.
  const muted = await tidings('mute', LINK, '--for', 'desk', '--until', '3d', '--json');
  assert.equal(muted.code, 0, muted.stderr);
  const { thread, until } = JSON.parse(muted.stdout);
  const closed = await told(issue(2, 'closed'));
  assert.deepEqual(where(closed), ['other']);
  const { stdout } = await tidings('explain', String(closed?.id));
  assert.match(stdout, new RegExp(`\ndesk is not told: muted by .+ until ${until}\n`));
  assert.deepEqual(where(await told(issue(1, 'closed'))), ['desk', 'other']);

  await tidings('mute', thread, '--for', 'other');
  const reopened = await told(issue(2, 'reopened'));
  assert.deepEqual([reopened?.state, where(reopened)], ['skipped', []]);
  assert.match(reopened?.reason ?? '', /^desk is not told: muted by .+; other is not told: muted by .+ for good$/);
  await tidings('replay', String(reopened?.id));
  await drained(inbox);
  assert.deepEqual(where(await inbox.show(reopened?.id ?? 0)), ['desk', 'other']);

  assert.equal((await tidings('unmute', LINK, '--for', 'desk')).code, 0);
  assert.deepEqual(where(await told(issue(2, 'deleted'))), ['desk']);
});

test('what is muted is listed, and who did it is in the audit list', async () => {
  await using dir = await dataDir();
  await configure(dir.path, { destinations: { desk: { type: 'console' } } });
  await (await openInbox(dir.path))[Symbol.asyncDispose]();
  const tidings = (...argv: readonly string[]) => inProcess(argv, dir.path);
  const { stderr } = await tidings('mute', 'acme/never#1', '--for', '@Mona');
  assert.match(
    stderr,
    /^@mona is told nothing of acme\/never#1 any more\. .*\nTo undo it: .* unmute acme\/never#1 --for @mona\n$/,
  );
  await tidings('mute', 'حادث \u001b[31m#1', '--for', 'desk', '--until', '2099-01-01');
  const { stdout: list } = await tidings('mutes');
  assert.match(
    list,
    /^Thread +Not told +Until +By\n.*desk +2099-01-01T00:00:00\.000Z .*\nacme\/never#1 +@mona +for good /,
  );
  assert.ok(!list.includes('\u001b'));
  assert.match((await tidings('mutes', '--json')).stdout, /"thread":"acme\/never#1","for":"@mona","until":null/);

  assert.equal((await tidings('unmute', 'acme/never#1', '--for', '@mona')).code, 0);
  const again = await tidings('unmute', 'acme/never#1', '--for', '@mona');
  assert.deepEqual([again.code, /is not muted for @mona/.test(again.stderr)], [3, true]);

  const { stdout: audit } = await tidings('audit', '--json');
  const all = audit
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    all.map(({ what, about, outcome }) => [what, about, outcome]),
    [
      ['unmute', 'acme/never#1 for @mona', 'it was not muted'],
      ['unmute', 'acme/never#1 for @mona', 'done'],
      ['mute', 'حادث \u001b[31m#1 for desk', 'until 2099-01-01T00:00:00.000Z'],
      ['mute', 'acme/never#1 for @mona', 'for good'],
    ],
  );
  assert.match(all[0].from, /^command line on /);
  assert.match((await tidings('audit', '--since', '1h')).stdout, /^\S+ {2}.+, command line on .+: unmute acme/);
});

test('what is no destination, page, thread or time is said, and nothing is muted', async () => {
  await using dir = await dataDir();
  await configure(dir.path, { destinations: { desk: { type: 'console' } } });
  await (await openInbox(dir.path))[Symbol.asyncDispose]();
  const mute = async (...argv: readonly string[]) => {
    const { code, stderr } = await inProcess(['mute', ...argv], dir.path);
    return [code, stderr] as const;
  };
  const cases = [
    [['acme/api#1', '--for', 'dsk'], 2, /neither a destination nor a person.* Did you mean "?desk/],
    [['acme/api#1', '--for', '@'], 2, /neither a destination nor a person/],
    [['acme/api#1', '--for', 'desk', '--until', 'soon'], 2, /is no time to come/],
    [['acme/api#1', '--for', 'desk', '--until', '2020-01-01'], 2, /is over/],
    [['acme/api#1', '--for', 'desk', '--until', '999999999w'], 2, /is no time to come/],
    [[LINK, '--for', 'desk'], 3, /No stored event is about that page/],
    [['x'.repeat(501), '--for', 'desk'], 2, /A thread is written/],
  ] as const;
  for (const [argv, code, says] of cases) {
    const [was, stderr] = await mute(...argv);
    assert.equal(was, code, stderr);
    assert.match(stderr, says);
  }
  assert.match((await inProcess(['mutes'], dir.path)).stderr, /^Nothing is muted\.\n$/);
  assert.match((await inProcess(['audit'], dir.path)).stderr, /^Nobody asked or changed anything here since /);
});
