import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Forgotten } from '../../src/model/inbox/forgetting.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { ended, passedBefore } from './expanding.ts';
import { freshInboxes, type InboxUnderTest, lease } from './inbox-under-test.ts';

const SECRET: Forgotten = { repos: ['acme/secret'], logins: [] };
const MONA: Forgotten = { repos: [], logins: ['Mona'] };
const bodyOf = (repo: string, login: string, more = '') =>
  `{"repository":{"full_name":"${repo}"},"sender":{"login": "${login}"},"n":"${Math.random()}${more}"}`;

/** An event of that repository by that person, told to slack; `how` may leave it pending, settling, waiting or given up. */
async function event(
  inbox: Inbox,
  {
    repo = 'acme/api',
    login = 'hubot',
    how = 'told',
    key = '',
    form = false,
  }: Partial<Record<'repo' | 'login' | 'how' | 'key', string>> & { form?: boolean },
): Promise<number> {
  const json = bodyOf(repo, login);
  const text = form ? `payload=${encodeURIComponent(json)}` : json;
  const { id } = await inbox.append(newEvent({ text }));
  const expander = await lease(inbox, 'expand');
  if (how === 'pending') return id;
  if (how === 'settling') {
    await inbox.expand(expander, [settling(id, 9_999_999, `${repo}#1`)]);
    return id;
  }
  const notBefore = how === 'held' ? { notBefore: 9_999_999 } : {};
  const decided = routed(id, ['slack'], {
    text,
    ...notBefore,
    dedupKey: `github:made public ${repo} ${key}`,
    echoKey: `push ${repo} ${key}`,
    ...ended('1', true, `ci ${repo}`),
    searched: { actor: login, text: `#12 Keys of ${repo}` },
  });
  const trace = { kind: 'push', rules: [{ rule: login, result: 'matched', checks: [], to: [] }] } as const;
  await inbox.expand(expander, [{ ...decided, repo, trace, reason: `by ${login}` }]);
  if (how === 'waiting' || how === 'held') return id;
  const slack = await lease(inbox, 'slack');
  const notifications = (await inbox.show(id))?.notifications.map((each) => each.id) ?? [];
  const attempts = await inbox.begin(slack, [{ request: `for ${login} in ${repo}`, notifications }]);
  assert(typeof attempts !== 'string');
  const end = { attemptId: attempts[0] ?? 0, detail: `of ${repo}`, exhausted: [] };
  const sent = {
    ...end,
    outcome: 'sent',
    state: 'sent',
    reason: null,
    receipt: { thread: `${repo}#1`, value: {} },
  } as const;
  const dead = { ...end, outcome: 'rejected', state: 'dead', reason: `no ${repo}` } as const;
  await inbox.end(slack, [how === 'dead' ? dead : sent], { notBefore: 0, failures: 0 });
  return id;
}

async function idsAbout(inbox: Inbox, what: Forgotten, limit = 2): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await inbox.eventsAbout(what, after, limit);
    ids.push(...page.events.map(({ id }) => id));
    after = page.lastId;
  }
  return ids;
}

/** All that is still said of an event, as one text. */
async function said(inbox: Inbox, id: number): Promise<string> {
  const [whole] = await inbox.wholeOf([id]);
  assert(whole);
  return JSON.stringify({ ...whole, body: whole.body?.toString('utf8') });
}

/** What a store owes to whoever wants to be forgotten: src/model/inbox/forgetting.ts. */
export function forgetConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, forgetting: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    test('events are found by their repository, and by what their bodies say of it, or of a person', async () => {
      const { inbox } = await freshInbox();
      const other = await event(inbox, {});
      const secret = await event(inbox, { repo: 'Acme/Secret', login: 'mona' });
      const pending = await event(inbox, { repo: 'acme/secret', how: 'pending' });
      const form = await event(inbox, { repo: 'acme/web', login: 'mona', form: true });
      const near = await event(inbox, { repo: 'acme/secrets', login: 'mona2' });
      assert.deepEqual(await idsAbout(inbox, SECRET), [secret, pending]);
      assert.deepEqual(await idsAbout(inbox, MONA), [secret, form]);
      assert.deepEqual(await idsAbout(inbox, { repos: ['acme/api'], logins: ['mona2'] }), [other, near]);
      const [first] = (await inbox.eventsAbout(SECRET, pending - 1, 1)).events;
      assert.deepEqual(first, { id: pending, hasBody: true, isPending: true, untold: 0 });
    });

    test('nothing is left of what events say, whatever became of them; their neighbours stay, and they are known again', async () => {
      const { inbox } = await freshInbox();
      const before = await event(inbox, { login: 'mona' });
      const events: { id: number; how: string }[] = [];
      for (const how of ['told', 'dead', 'waiting', 'held', 'pending', 'settling']) {
        events.push({ how, id: await event(inbox, { repo: 'acme/secret', login: 'mona', how, key: how }) });
      }
      const after = await event(inbox, { repo: 'acme/web', login: 'mona' });
      const ids = events.map(({ id }) => id);
      const was = await inbox.wholeOf(ids);
      const neighbours = [await said(inbox, before), await said(inbox, after)];
      const found = (await inbox.eventsAbout(SECRET, 0, 99)).events;
      assert.deepEqual(
        found.map(({ id, isPending, untold }) => ({ id, isPending, untold })),
        events.map(({ id, how }) => {
          return { id, isPending: /pending|settling/.test(how), untold: Number(/dead|waiting|held/.test(how)) };
        }),
      );
      for (let times = 0; times < 2; times++) await inbox.forgetEvents(SECRET, ids);
      assert.deepEqual([await said(inbox, before), await said(inbox, after)], neighbours);
      for (const [n, { id, how }] of events.entries()) {
        assert.doesNotMatch(await said(inbox, id), /acme.{1,3}secret|mona/i, how);
        const [is] = await inbox.wholeOf([id]);
        const { guid, deliveryId, receivedAt, type, state } = was[n] ?? assert.fail();
        const kept = { guid, deliveryId, receivedAt, type, reason: 'forgotten', body: null, headers: null };
        assert.partialDeepStrictEqual(is, { ...kept, state: state === 'pending' ? 'skipped' : state });
        assert.equal(is?.notifications.length, how === 'told' ? 1 : 0);
        assert.equal((await inbox.append(newEvent({ guid, deliveryId }))).status, 'duplicate');
      }
      assert.deepEqual([await inbox.pending(9), await inbox.queued(), await inbox.untold()], [[], [], []]);
      assert.deepEqual(await inbox.bringBack(99_999_999), []);
      assert.deepEqual(await inbox.replay({ ids }, { dryRun: false }), []);
      assert.deepEqual(await idsAbout(inbox, SECRET), []);
    });

    test('what was quarantined is not held back any more; of a person the repository stays', async () => {
      const { inbox } = await freshInbox();
      const [first, copy] = [
        await event(inbox, { login: 'mona', how: 'pending' }),
        await event(inbox, { login: 'mona', how: 'pending' }),
      ];
      const expander = await lease(inbox, 'expand');
      await inbox.expand(expander, [
        routed(first, ['slack'], { text: 'same' }),
        routed(copy, ['slack'], { text: 'same' }),
      ]);
      assert.equal((await inbox.show(copy))?.state, 'quarantined');
      await inbox.forgetEvents(MONA, [first, copy]);
      const found = await inbox.list({ limit: 9 });
      assert.deepEqual(
        found.map(({ state, repo }) => [state, repo]),
        [
          ['skipped', 'acme/api'],
          ['routed', 'acme/api'],
        ],
      );
    });

    test('a message that is being sent while it is forgotten ends as if it had never waited', async () => {
      const { inbox } = await freshInbox();
      const id = await event(inbox, { repo: 'acme/secret', how: 'waiting' });
      const slack = await lease(inbox, 'slack');
      const { notifications } = await inbox.waiting('slack', 9);
      await inbox.forgetEvents(SECRET, [id]);
      const attempts = await inbox.begin(slack, [
        { request: 'POST', notifications: notifications.map((each) => each.id) },
      ]);
      assert(typeof attempts !== 'string');
      const end = {
        attemptId: attempts[0] ?? 0,
        detail: 'ok',
        exhausted: [],
        outcome: 'sent',
        state: 'sent',
        reason: null,
      } as const;
      assert.equal(await inbox.end(slack, [end], { notBefore: 0, failures: 0 }), 'done');
      assert.equal((await inbox.waiting('slack', 9)).total, 0);
      assert.deepEqual((await inbox.show(id))?.notifications, []);
    });

    test('an event whose body is gone is found by what else is kept of it', async () => {
      const { inbox } = await freshInbox();
      const id = await event(inbox, { repo: 'acme/web', login: 'mona' });
      const [whole] = await inbox.wholeOf([id]);
      assert(whole);
      const [bodiless] = await inbox.bringIn([{ ...whole, deliveryId: 'x', body: null, headers: null }]);
      assert.deepEqual(await idsAbout(inbox, MONA), [id, bodiless?.id]);
    });

    test('results and receipts of a repository go, others stay', async () => {
      const { inbox } = await freshInbox();
      for (const repo of ['acme/secret', 'acme/api']) await event(inbox, { repo });
      assert.equal(await inbox.forgetKeys(SECRET), 2);
      assert.equal(await inbox.forgetKeys(SECRET), 0);
      const asked = ['acme/secret', 'acme/api'].map((repo) => ({ key: `ci ${repo}`, run: '2', eventId: 99 }));
      assert.deepEqual(await passedBefore(inbox, asked), [null, true]);
      assert.deepEqual(await inbox.receipts('slack', ['acme/secret#1', 'acme/api#1']), [null, {}]);
    });

    test('the body of a delivery that came twice does not stay beside what was stored with it', async () => {
      const { inbox } = await freshInbox();
      const twice = newEvent({ text: bodyOf('acme/api', 'hubot') });
      await inbox.append(twice);
      assert.equal(await inbox.forgetStrays(), 0);
      const again = { ...twice, body: Buffer.from(bodyOf('acme/api', 'mona')) };
      const beside = newEvent({ text: bodyOf('acme/web', 'hubot') });
      const appended = await Promise.all([inbox.append(again), inbox.append(beside)]);
      assert.deepEqual(
        appended.map(({ status }) => status),
        ['duplicate', 'accepted'],
        'in one commit',
      );
      const was = await said(inbox, appended[1].id);
      assert.equal(await inbox.forgetStrays(), 1);
      assert.equal(await inbox.forgetStrays(), 0, 'they are gone');
      assert.equal(await said(inbox, appended[1].id), was);
    });

    test('what was done is written down, newest first', async () => {
      const { inbox } = await freshInbox();
      assert.deepEqual(await inbox.audit(9), []);
      const id = await inbox.noteAudit('forget', { repos: ['acme/secret'] });
      await inbox.noteAudit('forget', { logins: ['mona'] });
      await inbox.amendAudit(id, { repos: ['acme/secret'], events: 7 });
      assert.deepEqual(
        (await inbox.audit(9)).map(({ at, what, detail }) => [at, what, detail]),
        [
          [1_000_000, 'forget', { logins: ['mona'] }],
          [1_000_000, 'forget', { repos: ['acme/secret'], events: 7 }],
        ],
      );
      assert.equal((await inbox.audit(1)).length, 1);
    });
  });
}
