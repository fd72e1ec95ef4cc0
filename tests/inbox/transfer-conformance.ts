import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import type { Selection, WholeEvent } from '../../src/model/inbox/transfer.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed, settling } from '../fixtures/stored.ts';
import { freshInboxes, type InboxUnderTest, lease, queued } from './inbox-under-test.ts';

const EVERYTHING: Selection = { since: null, until: null, repo: null, source: null };

async function everything(inbox: Inbox, selection = EVERYTHING, limit = 2): Promise<readonly WholeEvent[]> {
  const events: WholeEvent[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await inbox.readWhole(selection, after, limit);
    events.push(...page.events);
    after = page.lastId;
  }
  return events;
}

/** Events of every kind: told, waiting, given up, settling, pending, skipped, failed, quarantined. */
async function fill(inbox: Inbox): Promise<void> {
  const body = randomBytes(300);
  const [told = 0, waiting = 0] = await queued(inbox, 2);
  const team = await lease(inbox, 'slack');
  const attempts = await inbox.begin(team, [{ request: 'POST', notifications: await notificationsOf(inbox, told) }]);
  assert(typeof attempts !== 'string');
  const end = { attemptId: attempts[0] ?? 0, outcome: 'sent', detail: '200', exhausted: [], reason: null } as const;
  await inbox.end(team, [{ ...end, state: 'sent' }], { notBefore: 0, failures: 0 });
  const expander = await lease(inbox, 'expand');
  const ids: number[] = [];
  for (const fields of [
    { body },
    { source: 'other', receivedAt: 5_000 },
    {},
    {},
    {},
    {},
    { secretNo: 0, origin: 'poll' as const },
  ]) {
    ids.push((await inbox.append(newEvent(fields))).id);
  }
  const [settles = 0, skipped = 0, failed = 0, first = 0, copy = 0] = ids;
  const searched = { actor: 'mona', text: '#12 Flaky login' };
  const decided = (id: number) => ({ ...routed(id, [], { searched }), trace: null, reason: `why ${waiting}` });
  await inbox.expand(expander, [
    settling(settles, 9_999_999, 'acme/api#1'),
    { ...decided(skipped), state: 'skipped', repo: 'Acme/Web' },
    { ...decided(failed), state: 'failed', repo: null, action: null },
    routed(first, ['slack', 'http'], { text: 'same', dedupKey: 'd', echoKey: 'e', notBefore: 9_999_999 }),
    routed(copy, ['slack'], { text: 'same' }),
  ]);
}

async function notificationsOf(inbox: Inbox, id: number): Promise<readonly number[]> {
  return ((await inbox.show(id))?.notifications ?? []).map((each) => each.id);
}

/** What an import may change: ids are new, and what was never told is not here to be told. */
function asImported(event: WholeEvent) {
  const { id: _, storedAt: __, ...rest } = event;
  const isPending = event.state === 'pending';
  const reason = isPending ? 'it had not been decided' : event.reason;
  return {
    ...rest,
    state: isPending ? 'skipped' : event.state,
    reason: reason === null || reason === 'imported' ? 'imported' : `imported: ${reason.replace(/^imported: /, '')}`,
    bodyDigest: null,
    suspectOf: null,
    settlesAt: null,
    expandedAt: event.expandedAt ?? event.receivedAt,
    notifications: event.notifications
      .filter(({ state }) => state === 'sent' || state === 'merged')
      .map((told) => ({ ...told, id: 0, attempts: [], mergedInto: null })),
  };
}

/** What a store owes to files: src/model/inbox/transfer.ts. */
export function transferConformance(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`inbox conformance, transfer: ${name}`, () => {
    const freshInbox = freshInboxes(create);

    test('every event is read whole, in id order, page by page', async () => {
      const { inbox } = await freshInbox();
      await fill(inbox);
      const events = await everything(inbox);
      assert.equal(events.length, 9);
      for (const { released, ...event } of events) {
        const record = await inbox.show(event.id);
        assert(record !== null);
        assert.equal(released, false);
        assert.partialDeepStrictEqual(record, event.state === 'pending' ? {} : { state: event.state });
        const { notifications, ...whole } = event;
        assert.partialDeepStrictEqual(record, whole);
        assert.equal(notifications.length, record.notifications.length);
        for (const [n, each] of record.notifications.entries()) assert.partialDeepStrictEqual(notifications[n], each);
      }
      const keys = events.flatMap(({ notifications }) => notifications.map(({ echoKey }) => echoKey));
      assert.deepEqual(keys, [null, null, 'e', 'e']);
      const some = events.slice(2, 5);
      assert.deepEqual(await inbox.wholeOf([...some.map(({ id }) => id), 9_999]), some);
    });

    test('by time, repository and source; a page of which nothing is selected leads on', async () => {
      const { inbox } = await freshInbox();
      await fill(inbox);
      const idsOf = async (selection: Partial<Selection>) =>
        (await everything(inbox, { ...EVERYTHING, ...selection }, 1)).map(({ id }) => id);
      const [all, skipped] = [await idsOf({}), await idsOf({ source: 'other' })];
      assert.equal(skipped.length, 1);
      assert.deepEqual(await idsOf({ since: 5_000 }), skipped);
      assert.deepEqual(
        await idsOf({ until: 5_000 }),
        all.filter((id) => id !== skipped[0]),
      );
      assert.deepEqual(await idsOf({ repo: 'acme/web' }), skipped);
      assert.deepEqual(await idsOf({ repo: 'acme/none' }), []);
      const large = newEvent({ body: Buffer.alloc(3 * 1024 * 1024, 'x') });
      for (const deliveryId of ['1', '2', '3']) await inbox.append({ ...large, deliveryId });
      const page = await inbox.readWhole(EVERYTHING, all.at(-1) ?? 0, 9);
      assert.equal(page.events.length, 1);
      assert.equal(page.lastId, page.events[0]?.id);
    });

    test('what is brought into another inbox is there as it was, and waits for nobody', async () => {
      const [{ inbox: from }, { inbox: to }] = [await freshInbox(), await freshInbox()];
      await fill(from);
      const sent = await everything(from);
      const stored = await to.bringIn(sent);
      assert.deepEqual(
        stored.map(({ status }) => status),
        sent.map(() => 'accepted'),
      );
      const found = await everything(to);
      assert.deepEqual(found.map(asImported), sent.map(asImported));
      assert.deepEqual(
        found.map(({ bodyDigest }) => bodyDigest?.length),
        found.map(() => 64),
      );
      assert.deepEqual(await to.pending(99), []);
      assert.deepEqual(await to.queued(), []);
      assert.deepEqual(await to.untold(), []);
      assert.equal((await to.list({ state: 'told', limit: 9 })).length, 1);
      assert.equal((await to.list({ actor: 'mona', text: 'flaky', limit: 9 })).length, 2);
    });

    test('a delivery that is known here changes nothing, be it imported again or received', async () => {
      const { inbox } = await freshInbox();
      const event = newEvent({ text: 'here' });
      const { id } = await inbox.append(event);
      const [other] = await everything(inbox);
      assert(other);
      const imported: WholeEvent = { ...other, deliveryId: 'there', state: 'routed', repo: 'acme/api' };
      const twice = await inbox.bringIn([other, imported, imported]);
      assert.deepEqual(twice[0], { status: 'duplicate', id });
      assert.deepEqual(
        twice.map(({ status }) => status),
        ['duplicate', 'accepted', 'duplicate'],
      );
      assert.equal((await inbox.append({ ...event, deliveryId: 'there' })).status, 'duplicate');
      assert.deepEqual(
        (await inbox.pending(9)).map((each) => each.id),
        [id],
      );
    });

    test('what was told there is not told again here, and can be replayed', async () => {
      const { inbox } = await freshInbox();
      const { id: known } = await inbox.append(newEvent());
      const [whole] = await everything(inbox);
      assert(whole);
      const told: WholeEvent['notifications'][number] = {
        id: 1,
        destination: 'slack',
        rule: 'r',
        state: 'sent',
        reason: null,
        dedupKey: 'once',
        echoKey: null,
        isReplay: false,
        tries: 1,
        mergedInto: null,
        notBefore: null,
        settledAt: 2_000,
        dismissedAt: null,
        attempts: [],
      };
      const [imported] = await inbox.bringIn([{ ...whole, deliveryId: 'x', state: 'routed', notifications: [told] }]);
      const expander = await lease(inbox, 'expand');
      await inbox.expand(expander, [routed(known, ['slack'], { dedupKey: 'once' })]);
      assert.equal((await inbox.show(known))?.reason, `already told as event ${imported?.id}`);
      await inbox.replay({ ids: [imported?.id ?? 0] }, { dryRun: false });
      assert.deepEqual(
        (await inbox.pending(9)).map(({ id, replays }) => [id, replays]),
        [[imported?.id, 1]],
      );
    });

    test('what was imported is not taken for the end of the time it was received in', async () => {
      const { inbox } = await freshInbox();
      const { id } = await inbox.append(newEvent({ receivedAt: 2_000 }));
      await inbox.append(newEvent({ receivedAt: 4_000 }));
      const [whole] = await everything(inbox);
      assert(whole);
      await inbox.bringIn([{ ...whole, deliveryId: 'x', receivedAt: 1_000 }]);
      assert.deepEqual([await inbox.lastBefore(3_000), await inbox.lastBefore(1_500)], [id, 0]);
    });

    test('an event whose body was gone is brought in without', async () => {
      const { inbox } = await freshInbox();
      await inbox.append(newEvent());
      const [whole] = await everything(inbox);
      assert(whole);
      await inbox.bringIn([{ ...whole, deliveryId: 'x', headers: null, body: null, bodyDigest: 'ab'.repeat(32) }]);
      const [, gone] = await everything(inbox);
      assert.partialDeepStrictEqual(gone, { deliveryId: 'x', headers: null, body: null, bodyDigest: 'ab'.repeat(32) });
    });
  });
}
