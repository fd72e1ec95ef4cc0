import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { notificationsOf, Workshop } from '../jobs/workshop.ts';
import { startGate } from '../support/gate.ts';
import { freshDatabase, query } from '../support/postgres.ts';
import { lease } from './inbox-under-test.ts';

// Decisions do not wait for the disk: a server that crashed, or a standby in its place, may be without the last of them.

/** A decision that was lost and is made again: the same of each event, under other ids. */
const DECIDED_ANEW = `
  DO $$ DECLARE was bigint; now bigint; BEGIN
    FOR was IN SELECT id FROM tidings.notifications LOOP
      UPDATE tidings.notifications SET id = DEFAULT WHERE id = was RETURNING id INTO now;
      UPDATE tidings.outbox SET notification_id = now WHERE notification_id = was;
      UPDATE tidings.activities SET notification_id = now WHERE notification_id = was;
    END LOOP;
  END $$`;

/** Asked at the very end of the transaction, when all its settings are made. */
const REFUSE_WHAT_DOES_NOT_WAIT = `
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_setting('synchronous_commit') = 'off' THEN RAISE EXCEPTION 'it does not wait for the disk'; END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON tidings.attempts DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION refuse()`;

test('the record of an attempt waits for the disk whatever may be lost elsewhere: nobody tells again without a word', async () => {
  await using fresh = await freshDatabase();
  await using inbox = await openPostgresInbox({ url: new Secret(fresh.url), clock: systemClock });
  await query(fresh.url, REFUSE_WHAT_DOES_NOT_WAIT);
  assert.equal(inbox.mayLoseAttempts, false);
  const attempts = await inbox.begin(await lease(inbox, 'team'), [{ request: 'hello', notifications: [] }], {
    mayBeLost: true,
  });
  assert.equal(attempts.length, 1);
});

test('what a server forgot between reading and sending is read again: nothing is told that is not written down', async (t) => {
  await using fresh = await freshDatabase();
  await using real = await openPostgresInbox({ url: new Secret(fresh.url), clock: systemClock });
  let lost = 0;
  const inbox: Inbox = {
    ...real,
    async begin(...given) {
      if (lost++ === 0) await query(fresh.url, DECIDED_ANEW);
      return real.begin(...given);
    },
  };
  const shop = await Workshop.open(t);
  const team = shop.destination('team');
  const worker = shop.worker(inbox, [team]);
  const ids = await shop.feed(real, ['once'], ['team']);
  await shop.settled(1);
  await worker.stop();
  assert.equal(lost, 2);
  assert.equal(team.sends.length, 1);
  const [notification] = await notificationsOf(real, ids);
  assert.equal(notification?.state, 'sent');
  assert.deepEqual(
    notification?.attempts.map(({ outcome }) => outcome),
    ['sent'],
  );
});

test('what a server forgot to have decided is read and decided first, before all that was read behind it', async () => {
  await using fresh = await freshDatabase();
  await using gate = await startGate(fresh.url);
  const url = new URL(fresh.url);
  url.port = String(gate.port);
  await using inbox = await openPostgresInbox({ url: new Secret(url.href), clock: systemClock });
  const expander = await lease(inbox, 'expand');
  const { id: first } = await inbox.append(newEvent());
  const { id: second } = await inbox.append(newEvent());
  const pending = async (after?: number) => (await inbox.pending(9, after)).map(({ id }) => id);
  assert.deepEqual(await pending(), [first, second]);
  assert.equal(await inbox.expand(expander, [routed(first, ['team'])]), 'done');
  assert.deepEqual(await pending(first), [second]);

  await gate.shut();
  await query(
    fresh.url,
    `DELETE FROM tidings.decisions; DELETE FROM tidings.outbox; DELETE FROM tidings.activities; DELETE FROM tidings.notifications;
     INSERT INTO tidings.pending VALUES (${first})`,
  );
  await assert.rejects(inbox.owners());
  await gate.open();
  assert.equal(await inbox.expand(expander, [routed(second, ['team'])]), 'done');
  assert.deepEqual(await pending(first), [first, second]);
  assert.equal(await inbox.expand(expander, [routed(first, ['team']), routed(second, ['team'])]), 'done');
  const { notifications } = await inbox.waiting('team', 9);
  assert.deepEqual(
    notifications.map(({ eventId }) => eventId),
    [first, second],
  );
});
