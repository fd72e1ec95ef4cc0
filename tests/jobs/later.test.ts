import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { githubSource } from '../../src/index.ts';
import { withOwnSource } from '../../src/jobs/remind/own-source.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { Directory } from '../../src/model/rule.ts';
import { withOwnRules } from '../../src/route/remind/own-rules.ts';
import { createRoute } from '../../src/route/route.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { aRule } from '../fixtures/rules.ts';
import { Workshop } from './workshop.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 0, 15, 12);

const DIRECTORY: Directory = {
  people: new Map(['mona', 'ann'].map((login) => [login, { ids: { double: `U-${login}` } }])),
  teams: new Map(),
  owners: new Map(),
  direct: { by: new Set(['people']), types: new Map([['people', 'double']]) },
};

function at(ms: number): string {
  return new Date(ms).toISOString();
}

function pullRequest(number: number, changedAt: number, reviewers: readonly string[]) {
  const asked = reviewers.map((login) => ({ login }));
  const base = { ref: 'main', repo: { full_name: 'acme/api' } };
  const rest = { draft: false, user: { login: 'octo' }, base, html_url: `https://github.com/acme/api/pull/${number}` };
  return {
    number,
    title: `Pull ${number}`,
    state: 'open',
    updated_at: at(changedAt),
    requested_reviewers: asked,
    ...rest,
  };
}

async function received(inbox: Inbox, type: string, fields: Readonly<Record<string, unknown>>, receivedAt: number) {
  const repository = { full_name: 'acme/api', html_url: 'https://github.com/acme/api', owner: { login: 'acme' } };
  const body = Buffer.from(JSON.stringify({ repository, sender: { login: 'octo', type: 'User' }, ...fields }));
  const guid = randomUUID();
  const headers = { 'x-github-event': type };
  const event = { source: 'github', deliveryId: guid, guid, type, headers, secretNo: 1, origin: 'webhook' as const };
  return inbox.append({ ...event, body, receivedAt });
}

test('who is asked is told after 30 minutes, once, and not where something has happened since', async (t) => {
  let ahead = NOON - systemClock.now();
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const shop = await Workshop.open(t, clock);
  const inbox = await shop.inbox();
  const people = shop.destination('people');
  const on = { pull_request: { types: ['review_requested'] } };
  const rules = [aRule('look.soon', on, { to: [], people: ['@asked'], afterMs: 30 * MINUTE })];
  const sources = withOwnSource(new Map([['github', githubSource({ secrets: ['it is known to both'] })]]));
  const route = withOwnRules(createRoute(rules, DIRECTORY), { reminders: [], rules }, DIRECTORY);
  const options = { sources, route, directory: DIRECTORY, knows: true, owner: 'first' };
  const first = shop.worker(inbox, [people], options);
  const ask = (number: number, login: string, all: readonly string[], when: number) => {
    const fields = { action: 'review_requested', requested_reviewer: { login }, number };
    return received(inbox, 'pull_request', { ...fields, pull_request: pullRequest(number, when, all) }, when);
  };
  await ask(1, 'mona', ['mona'], NOON);
  await ask(1, 'ann', ['mona', 'ann'], NOON + 1_000);
  await ask(2, 'mona', ['mona'], NOON);
  const review = { state: 'commented', body: 'Hm.', submitted_at: at(NOON + 10 * MINUTE), user: { login: 'mona' } };
  const pull_request = pullRequest(2, NOON + 10 * MINUTE, []);
  await received(inbox, 'pull_request_review', { action: 'submitted', review, pull_request }, NOON + 10 * MINUTE);
  const isPutAside = () => shop.lines.filter(({ msg }) => msg === 'event pending').length === 3;
  await shop.until(isPutAside);
  assert.equal(people.sends.length, 0);
  await first.stop();

  ahead += 31 * MINUTE;
  const second = shop.worker(await shop.inbox(), [people], { ...options, owner: 'second' });
  await shop.settled(2, 'people');
  const told = people.sends.flatMap(({ message }) => (message.kind === 'single' ? [message.notification] : []));
  assert.deepEqual(
    new Set(
      told.map(({ rule, mentions, activity }) => `${rule} ${mentions[0]?.ids['double']} ${activity.subject?.handle}`),
    ),
    new Set(['look.soon U-mona #1', 'look.soon U-ann #1']),
  );
  await second.stop();
  const events = await inbox.list({ limit: 20 });
  const later = events.filter(({ source }) => source === 'tidings');
  assert.deepEqual(
    later.map(({ state }) => state).toSorted((a, b) => a.localeCompare(b)),
    ['routed', 'routed', 'skipped'],
  );
  const skipped = later.find(({ state }) => state === 'skipped');
  assert.equal((await inbox.show(skipped?.id ?? 0))?.reason, 'something happened since');
  assert.equal(people.sends.length, 2);
});
