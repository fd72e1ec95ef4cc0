import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forwardDestination } from '../../src/destinations/forward/forward-destination.ts';
import { DEFAULTS } from '../../src/destinations/forward/settings.ts';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { startApplicationDouble, type Taken } from '../doubles/application-double.ts';
import { freshDatabase } from '../support/postgres.ts';
import { Workshop } from './workshop.ts';

const TITLES = Array.from({ length: 12 }, (_, n) => `event ${n}`);

const eventsOf = (taken: readonly Taken[]) => taken.map(({ headers }) => Number(headers['tidings-event']));

for (const store of ['sqlite', 'postgres'] as const) {
  for (const concurrency of [1, 4]) {
    test(`an application that dies in mid-answer and is down for a while loses nothing (${store}, ${concurrency} at once)`, async (t) => {
      await using application = await startApplicationDouble();
      const shop = await Workshop.open(t);
      await using stack = new AsyncDisposableStack();
      const database = store === 'sqlite' ? null : stack.use(await freshDatabase());
      const inbox =
        database === null
          ? await shop.inbox()
          : stack.use(await openPostgresInbox({ url: new Secret(database.url), clock: systemClock }));
      const settings = { ...DEFAULTS, url: new Secret(application.url), raw: true, concurrency };
      const resign = async () => ({ ok: true, headers: {} }) as const;
      const forward = forwardDestination({ name: 'app', settings, clock: systemClock, resign });
      const worker = shop.worker(inbox, [{ ...forward, retry: { baseMs: 5, capMs: 5, maxTries: 1_000 } }]);
      stack.defer(() => worker.stop({ abortAfterMs: 0 }));

      const ids = [...(await shop.feed(inbox, TITLES.slice(0, 4), []))];
      await application.waitFor(4);
      application.plan(...Array.from({ length: concurrency }, () => 'hang' as const));
      ids.push(...(await shop.feed(inbox, TITLES.slice(4, 8), [])));
      // What it has taken and not answered is lost with it, as far as anybody knows.
      await application.waitFor(5);
      await application.crash();
      ids.push(...(await shop.feed(inbox, TITLES.slice(8), [])));
      await shop.until(() => shop.attempts().filter(({ detail }) => /ECONNREFUSED/.test(String(detail))).length >= 3);
      await application.restart();
      await shop.until(() => shop.attempts().filter(({ outcome }) => outcome === 'sent').length === TITLES.length);

      const arrived = eventsOf(application.taken);
      assert.deepEqual(
        [...new Set(arrived)].toSorted((a, b) => a - b),
        ids,
      );
      const repeats = arrived.length - ids.length;
      assert.ok(repeats >= 1 && repeats <= concurrency, arrived.join(' '));
      if (concurrency === 1) {
        assert.deepEqual(
          arrived,
          arrived.toSorted((a, b) => a - b),
        );
      }
      assert.deepEqual(application.violations, []);
    });
  }
}
