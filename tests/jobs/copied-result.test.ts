import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunResult } from '../../src/model/activity.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { Route } from '../../src/model/rule.ts';
import type { Source } from '../../src/model/source.ts';
import { activity, newEvent } from '../fixtures/stored.ts';
import { Workshop } from './workshop.ts';

/** As many as are decided together, and some. */
const OTHERS = 70;

const SOURCE = {
  normalise: (event) => {
    const { result = null } = JSON.parse(event.body.toString()) as { readonly result?: RunResult };
    return { kind: 'activity', activity: { ...activity(), result } };
  },
} as Partial<Source> as Source;

const ROUTE: Route = ({ activity: { kind } }) => ({
  tell: [{ destination: 'team', rule: 'all', mentions: [], notBefore: null }],
  trace: { kind, rules: [] },
  reason: null,
  settleMs: 0,
  wantsPaths: false,
});

function ran(inbox: Inbox, run: string, passed: boolean) {
  return inbox.append(newEvent({ text: JSON.stringify({ result: { key: 'ci', run, passed, headlines: {} } }) }));
}

test('a copy that comes right before the next result is not what that one is compared with', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  await ran(inbox, '1', false);
  await ran(inbox, '2', true);
  const copy = await ran(inbox, '1', false);
  await ran(inbox, '3', false);
  await Promise.all(Array.from({ length: OTHERS }, () => inbox.append(newEvent())));
  await ran(inbox, '4', false);
  const team = shop.destination('team');
  shop.worker(inbox, [team], { route: ROUTE, sources: new Map([['github', SOURCE]]) });
  await shop.settled(OTHERS + 4);
  const told = team.sends.flatMap(({ message }) => (message.kind === 'single' ? [message.notification] : []));
  assert.deepEqual(
    told.flatMap(({ transition }) => transition ?? []),
    ['broke', 'fixed', 'broke', 'still_broken'],
  );
  const ids = told.map(({ eventId }) => eventId);
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
    'in order',
  );
  assert.equal((await inbox.show(copy.id))?.state, 'quarantined');
  const routed = shop.lines.filter(({ msg }) => msg === 'event routed').map(({ event }) => event);
  assert.equal(new Set(routed).size, routed.length, 'each is said once');
});
