import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { renderDigest } from '../../src/destinations/slack/digest.ts';
import { renderActivity } from '../../src/destinations/slack/render.ts';
import type { Message } from '../../src/model/destination.ts';
import type { EventId } from '../../src/model/event.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { Route } from '../../src/model/rule.ts';
import { githubSource } from '../../src/sources/github/github-source.ts';
import { checkMessage } from '../doubles/slack-rules.ts';
import { SENT, Workshop } from '../jobs/workshop.ts';
import { FULL } from '../support/long-form.ts';
import { seeded } from '../support/seeded.ts';
import { type Mutation, mutated, mutationsOf } from './fuzz.ts';
import { recorded, written } from './payloads.ts';

const EVENTS = FULL ? 2_000 : 700;

const EVERYTHING: Route = ({ activity: { kind } }) => ({
  tell: [{ destination: 'team', rule: 'all', mentions: [], notBefore: null }],
  trace: { kind, rules: [] },
  reason: null,
  settleMs: 0,
  wantsPaths: false,
});

test(`${EVENTS} payloads that are not what they should be leave nothing pending, and none fails`, async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const mutations = someMutations();
  const ids = await Promise.all(mutations.map((mutation) => append(inbox, mutation.case.type, mutated(mutation))));
  const refused: string[] = [];
  const team = shop.destination('team', (message) => (refused.push(...refusal(message)), SENT), { digestOver: 5 });
  shop.worker(inbox, [team], {
    sources: new Map([['github', githubSource({ name: 'github', secrets: [] })]]),
    route: EVERYTHING,
  });
  // What comes after them is told: the queue is not stuck.
  await append(inbox, 'fork', JSON.stringify({ repository: { full_name: 'acme/last' }, sender: { login: 'last' } }));
  await shop.until(() => team.sends.some(({ message }) => actorsOf(message).includes('last')));
  assert.deepEqual(refused, []);

  const faults: string[] = [];
  const states = new Map<string, number>();
  for (const [index, id] of ids.entries()) {
    const record = await inbox.show(id);
    const state = record?.state ?? 'gone';
    states.set(state, (states.get(state) ?? 0) + 1);
    const path = mutations[index]?.path.join('.') ?? '';
    // Without what it is about, it looks like another event.
    const isGood = state === 'quarantined' ? !path.includes('.') : /^(?:routed|skipped)$/.test(state);
    if (!isGood) faults.push(`${mutations[index]?.case.pair}, ${path}: ${state} ${record?.reason}`);
  }
  assert.deepEqual(faults, []);
  for (const state of ['routed', 'skipped']) assert.ok((states.get(state) ?? 0) > 10, `${state}: few`);
});

function someMutations(): readonly Mutation[] {
  const all = [...recorded(), ...written()].flatMap((one) => mutationsOf(one));
  const random = seeded(11);
  return all.filter(() => random() < EVENTS / all.length);
}

/** A field of its own in each body: two that are alike would look like a replay. */
async function append(inbox: Inbox, type: string, json: string): Promise<EventId> {
  const guid = randomUUID();
  const body = Buffer.from(json.replace(/\}$/, `,"nonce":"${guid}"}`));
  const headers = { 'content-type': 'application/json', 'x-github-event': type };
  const event = { source: 'github', deliveryId: guid, guid, type, headers, body, receivedAt: 1_000, secretNo: 1 };
  return (await inbox.append({ ...event, origin: 'webhook' })).id;
}

function refusal(message: Message): readonly string[] {
  const checked = checkMessage(
    message.kind === 'single' ? renderActivity(message.notification) : renderDigest(message.notifications),
  );
  return 'why' in checked ? [checked.why] : [];
}

function actorsOf(message: Message): readonly (string | undefined)[] {
  const told = message.kind === 'single' ? [message.notification] : message.notifications;
  return told.map(({ activity }) => activity.actor?.login);
}
