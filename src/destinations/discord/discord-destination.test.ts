import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DiscordDouble, startDiscordDouble } from '../../../tests/doubles/discord-double.ts';
import {
  aFailedWorkflow,
  aMergedPullRequest,
  aNotification,
  anActivity,
  aReview,
  aStar,
  digest,
  single,
} from '../../../tests/fixtures/activities.ts';
import { sendAs } from '../../../tests/support/sending.ts';
import type { Message, Outcome, Receipt } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { type DiscordOptions, discordDestination } from './discord-destination.ts';

const SETTINGS = { threadId: null, username: null, followUps: 'post', perMinute: 30 } as const;

function make(discord: DiscordDouble, more: Partial<DiscordOptions> = {}) {
  const webhookUrl = new Secret(discord.webhookUrl);
  const destination = discordDestination({ name: 'team', webhookUrl, ...SETTINGS, ...more });
  let earlier: Receipt | null = null;
  /** As the core does it: the receipt of one comes with the next. */
  const send = async (message: Message): Promise<Outcome> => {
    const outcome = await sendAs(destination, message, earlier);
    if (outcome.kind === 'sent' && outcome.receipt) earlier = outcome.receipt;
    return outcome;
  };
  return { destination, send };
}

const THREAD = { thread: 'acme/api#12' };
const opened = single(anActivity(THREAD));
const merged = single(aMergedPullRequest(THREAD));

test('a message says what happened, by whom and where, and calls nobody', async () => {
  await using discord = await startDiscordDouble();
  const { send } = make(discord, { username: 'Tidings' });
  const occurredAt = Date.parse('2026-01-01T00:00:00Z');
  const excerpt = 'It **stops**, see [the log](https://x.test/a).';
  const outcome = await send(single(aMergedPullRequest({ labels: ['bug'], excerpt, occurredAt })));
  const [message] = discord.messages;
  assert.deepEqual(outcome, { kind: 'sent', answer: '200 posted', receipt: { message: message?.id } });
  assert.deepEqual(message?.payload, {
    username: 'Tidings',
    embeds: [
      {
        author: {
          name: 'hubot',
          url: 'https://github.com/hubot',
          icon_url: 'https://avatars.githubusercontent.com/u/104005?v=4',
        },
        title: String.raw`🟣 Merged pull request \#128: Retry uploads with backoff and jitter`,
        url: 'https://github.com/acme/api/pull/128',
        description: String.raw`It **stops**, see [the log](https://x.test/a)\.`,
        color: 0x8250df,
        footer: { text: 'acme/api · main ← retry-uploads · 4 commits · +212 −38 · bug' },
        timestamp: '2026-01-01T00:00:00.000Z',
      },
    ],
    allowed_mentions: { parse: [], users: [], roles: [] },
  });
  assert.deepEqual(discord.violations, []);
});

test('a text that is nothing but a picture shows it where its provider keeps it, beside a link for where it cannot be fetched', async () => {
  await using discord = await startDiscordDouble();
  const { send } = make(discord);
  const url = 'https://github.com/user-attachments/assets/a';
  await send(single(anActivity({ excerpt: `![image](${url})` })));
  await send(single(anActivity({ excerpt: '![image](https://x.test/a.png)' })));
  const [own, foreign] = discord.messages.map(({ payload }) => payload.embeds?.[0]);
  assert.deepEqual([own?.image, own?.description], [{ url }, `[🖼](${url})`]);
  assert.deepEqual([foreign?.image, foreign?.description], [undefined, '[🖼](https://x.test/a.png)']);
  assert.deepEqual(discord.violations, []);
});

test('what nobody did has no author, and a name that begins a title is written as it is', async () => {
  await using discord = await startDiscordDouble();
  const { send } = make(discord);
  const subject = { noun: 'check', handle: 'buildkite/docs', title: 'Retry uploads', url: 'https://ci.test/1' };
  await send(single(aFailedWorkflow({ subject })));
  await send(single(anActivity({ did: null, subject })));
  const [failed, headed] = discord.messages.map(({ payload }) => payload.embeds?.[0]);
  assert.deepEqual([failed?.title, failed?.author], ['🔴 buildkite/docs failed on main: Retry uploads', undefined]);
  assert.deepEqual([headed?.title, headed?.author?.name], ['🟢 Issue opened: buildkite/docs Retry uploads', 'mona']);
  const people = [aReview('lena-k', 'approved'), aReview('mona', 'comment')];
  await send(digest(people));
  const both = discord.messages[2]?.payload.embeds?.[0];
  assert.deepEqual([both?.title, both?.color], ['⚪ 2 reviews in acme/api: 1 approved, 1 comment', 0x6e7781]);
  assert.match(
    both?.description ?? '',
    /^• \[lena\\-k\]\(.*\) approved hubot's pull request \\#128: \[Retry .*\n• \[mona\]/,
  );
  assert.deepEqual(discord.violations, []);
});

test('a digest counts, names the first of each kind, and has bad news first', async () => {
  await using discord = await startDiscordDouble();
  const { send } = make(discord);
  await send(digest([...Array.from({ length: 30 }, (_, n) => aStar(`u${n}`)), anActivity()]));
  const [embed] = discord.messages[0]?.payload.embeds ?? [];
  assert.equal(embed?.title, '🗂️ 31 events in acme/api');
  assert.deepEqual(
    embed?.fields?.map(({ name }) => name),
    ['⭐ 30 stars', '🟢 1 issue opened'],
  );
  assert.match(embed?.fields?.[0]?.value ?? '', /^\[u0\]\(https:\/\/github\.com\/u0\), .* and 20 more$/);
  assert.match(embed?.fields?.[1]?.value ?? '', /^• \[\\#12 Uploads fail on Safari\]\(.*\/issues\/12\) · mona$/);
});

test('a digest of several places says each, also where all that is shown is in one', async () => {
  await using discord = await startDiscordDouble();
  const { send } = make(discord);
  const kinds = Array.from({ length: 40 }, (_, n) =>
    anActivity({ sum: { noun: `kind ${n}`, part: null, alone: null } }),
  );
  await send(digest([...kinds, aStar('mona', { name: 'acme/web', url: 'https://github.com/acme/web' })]));
  const [embed] = discord.messages[0]?.payload.embeds ?? [];
  assert.equal(embed?.title, '🗂️ 41 events in 2 repositories');
  assert.equal(embed?.fields?.[0]?.name, '🟢 1 kind 0 · acme/api');
});

test('whom a rule calls stands above, and nobody else is called whatever the texts say', async () => {
  await using discord = await startDiscordDouble();
  const { send } = make(discord, { followUps: 'edit' });
  const [person, role] = ['80351110224678912', '165511591545143296'];
  const mentions = [
    { name: 'mona', ids: { discord: person } },
    { name: 'acme/backend', ids: { discord: `&${role}` } },
    { name: '@everyone', ids: { slack: 'U012' } },
    { name: 'mona', ids: { discord: person } },
  ];
  const title = '@everyone <@1234567890123456789>';
  await send(single(anActivity({ ...THREAD, subject: { noun: 'issue', handle: '#1', title, url: '' } }), mentions));
  const [message] = discord.messages;
  assert.equal(message?.payload.content, `→ <@${person}>, <@&${role}>, everyone`);
  assert.deepEqual(message?.pings, [person, role]);
  // An edit would ring nobody.
  await send(single(anActivity(THREAD), mentions.slice(0, 1)));
  assert.deepEqual([discord.requests, discord.messages[1]?.pings], [['POST 200', 'POST 200'], [person]]);
  assert.deepEqual(discord.violations, []);
});

test('everybody is called by the rule, and by nobody whose name looks like it', async () => {
  await using discord = await startDiscordDouble();
  const { send } = make(discord, { followUps: 'post' });
  const named = { name: 'acme/@everyone', ids: {} };
  await send(single(anActivity(), [{ name: 'here', ids: {}, audience: 'here' }, named]));
  await send(single(anActivity(), [{ name: 'channel', ids: { discord: '80351110224678912' }, audience: 'channel' }]));
  await send(single(anActivity(), [{ name: 'here', ids: {} }, named]));
  assert.deepEqual(
    discord.messages.map(({ payload, pings }) => [payload.content, pings]),
    [
      ['→ @here, acme/everyone', ['here']],
      ['→ @everyone', ['everyone']],
      ['→ here, acme/everyone', []],
    ],
  );
  assert.deepEqual(discord.violations, []);
});

test('with edit, later news is an edit of the message, and a message of its own when that was deleted', async () => {
  await using discord = await startDiscordDouble();
  const { send } = make(discord, { followUps: 'edit' });
  await send(opened);
  assert.equal((await send(merged)).kind, 'sent');
  assert.deepEqual([discord.messages.length, discord.messages[0]?.edits], [1, 1]);
  assert.match(discord.messages[0]?.payload.embeds?.[0]?.title ?? '', /Merged/);
  discord.deleteMessage(discord.messages[0]?.id ?? '');
  const outcome = await send(opened);
  assert.equal(outcome.kind === 'sent' && outcome.answer, '200 posted');
  await send(single(aStar('mona')));
  assert.equal(discord.messages.length, 2);
  assert.deepEqual(discord.requests, ['POST 200', 'PATCH 200', 'PATCH 404', 'POST 200', 'POST 200']);
  assert.deepEqual(discord.violations, []);
});

test('an edit that may have been made before is the same edit; a message in place of one that is gone says so', async () => {
  await using discord = await startDiscordDouble({ enforceRate: false });
  const { send } = make(discord, { followUps: 'edit' });
  await send(opened);
  await send({ ...merged, maybeRepeated: true });
  const titles = () => discord.messages.map(({ payload }) => payload.embeds?.[0]?.title ?? '');
  assert.match(titles()[0] ?? '', /^🟣 Merged/);
  discord.deleteMessage(discord.messages[0]?.id ?? '');
  await send({ ...merged, maybeRepeated: true });
  assert.match(titles().at(-1) ?? '', /^🔁 Possible repeat: 🟣 Merged/);
});

test('with thread, a forum gets one post for each issue; what is about none goes where thread_id says', async () => {
  await using discord = await startDiscordDouble({ isForum: true, enforceRate: false });
  const { send } = make(discord, { followUps: 'thread' });
  const first = await send(opened);
  const [thread] = discord.threads;
  assert.deepEqual(thread, [discord.messages[0]?.id, '#12 Uploads fail on Safari']);
  assert.deepEqual(first.kind === 'sent' && first.receipt, { message: thread?.[0], thread: thread?.[0] });
  await send(merged);
  await send({ kind: 'single', notification: { ...aNotification(anActivity(THREAD)), isReplay: true } });
  assert.deepEqual(
    discord.messages.map((message) => message.thread),
    [thread?.[0], thread?.[0], thread?.[0]],
  );
  const home = make(discord, { followUps: 'thread', threadId: thread?.[0] ?? '' });
  await home.send(single(aStar('mona')));
  assert.equal(discord.messages.at(-1)?.thread, thread?.[0]);
  discord.deleteThread(thread?.[0] ?? '');
  assert.equal((await send(merged)).kind, 'sent');
  assert.equal(discord.threads.size, 1);
  assert.deepEqual(discord.violations, []);
});

test('in a forum, what a rule wants to stand by itself is a post of its own, and the conversation goes on in the first', async () => {
  await using discord = await startDiscordDouble({ isForum: true, enforceRate: false });
  const { send } = make(discord, { followUps: 'thread' });
  await send(opened);
  await send({ kind: 'single', notification: { ...aNotification(anActivity(THREAD)), isThreaded: false } });
  await send(merged);
  const [first, alone, last] = discord.messages.map(({ thread }) => thread);
  assert.deepEqual([first === last, first === alone], [true, false]);
  // What is no forum opens none, whatever a rule says.
  const apart = make(discord, { followUps: 'post', threadId: String(first) });
  await apart.send({ kind: 'single', notification: { ...aNotification(anActivity(THREAD)), isThreaded: true } });
  assert.deepEqual([discord.threads.size, discord.violations], [2, []]);
});

test('a thread that it is to post into is named in every request', async () => {
  await using discord = await startDiscordDouble({ isForum: true });
  await make(discord, { followUps: 'thread' }).send(opened);
  const [threadId = ''] = discord.threads.keys();
  const { send } = make(discord, { followUps: 'edit', threadId });
  await send(opened);
  await send(merged);
  assert.deepEqual([discord.messages[1]?.thread, discord.messages[1]?.edits], [threadId, 1]);
});

test('a webhook that is gone is broken, and not asked once more in place of what was to be added to', async () => {
  await using discord = await startDiscordDouble();
  const { send } = make(discord, { followUps: 'edit' });
  await send(opened);
  discord.deleteWebhook();
  const outcome = await send(merged);
  assert.match(outcome.kind === 'broken' ? outcome.reason : '', /the webhook was deleted/);
  assert.deepEqual([discord.requests, discord.violations], [['POST 200', 'PATCH 404'], []]);
});

test('a thread that is locked is the end of its own news; where all goes into it, of everything', async () => {
  const locked = { status: 403, body: { message: 'Thread is locked', code: 160005 } };
  await using discord = await startDiscordDouble({ isForum: true, enforceRate: false });
  const { send } = make(discord, { followUps: 'thread' });
  await send(opened);
  discord.plan(locked);
  assert.equal((await send(merged)).kind, 'rejected');
  discord.plan(locked);
  assert.equal((await send(single(aStar('mona')))).kind, 'broken');
});

test('once the rate is used up, nothing is asked for until it is full again', async () => {
  await using discord = await startDiscordDouble();
  let now = 0;
  const { send, destination } = make(discord, { clock: { ...systemClock, now: () => now } });
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '1.5' };
  discord.plan({ status: 200, body: { id: '1', channel_id: '2' }, headers });
  assert.equal((await send(opened)).kind, 'sent');
  now = 500;
  const early = await send(opened);
  assert.equal(early.kind === 'retry' && early.retryAfterMs, 1_000);
  assert.deepEqual(discord.requests, ['POST 200']);
  now = 1_500;
  assert.equal((await send(opened)).kind, 'sent');
  assert.deepEqual(discord.violations, []);
  assert.equal(destination.intervalMs, 2_020);
});
