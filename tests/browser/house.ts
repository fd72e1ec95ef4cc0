import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { EventPage } from '../../src/http/api/answers/events.ts';
import type { Lanes } from '../../src/http/api/answers/lanes.ts';
import { startEndpointDouble } from '../doubles/endpoint-double.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { askingV1 } from '../support/ask-v1.ts';
import { openInbox } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { issueOpened } from '../support/payloads.ts';
import { endsOf, type Stage, stage } from './stage.ts';

export interface House extends Stage {
  /** Its body is gone. */
  readonly bare: number;
  /** Of each text an issue, which some were told of. */
  readonly told: readonly number[];
  /** Of each text a star, which no rule is about. */
  readonly skipped: readonly number[];
}

export interface HouseOptions {
  /** In titles, names, refusals: whatever others write. An issue and a star with each. */
  readonly texts?: readonly string[];
  /** Of the rule and of the one destination that refuses all. */
  readonly rule?: string;
  readonly refuser?: string;
}

const DAY_MS = 86_400_000;

/** A receiver where everything has happened: told, refused, paused, broken, skipped, forgotten. */
export async function house(t: TestContext, options: HouseOptions = {}): Promise<House> {
  const { texts = ['The export answers 500', 'Dark mode'], rule = 'news', refuser = 'refuser' } = options;
  const [refusing, moved] = await Promise.all([startEndpointDouble(), startEndpointDouble()]);
  endsOf(t).defer(
    async () => void (await Promise.all([refusing[Symbol.asyncDispose](), moved[Symbol.asyncDispose]()])),
  );
  const answers = (status: number) =>
    Array.from({ length: 100 }, (_, n) => ({ status, text: texts[n % texts.length] ?? '' }));
  refusing.plan(...answers(400));
  moved.plan(...answers(302));
  const to = ['team', refuser, 'moved', 'desk'];
  const config = {
    destinations: {
      team: { type: 'console' },
      [refuser]: { type: 'http', url: refusing.url },
      moved: { type: 'http', url: moved.url },
      desk: { type: 'console' },
    },
    rules: [
      { name: rule, on: { issues: ['opened'] }, to },
      { name: 'labels', on: { issues: { types: ['labeled'], labels: ['bug'] } }, to: 'team' },
    ],
    tests: [{ name: 'an opened issue is told', event: 'issues.opened', expect: to }],
  };
  const made = { bare: 0 };
  const stood = await stage(t, config, {}, async (dir) => {
    made.bare = await forgotten(dir);
  });
  const { url, server, send } = stood;
  const ask = askingV1(server);
  assert.equal((await ask('POST', '/lanes/desk/pause', { for: '2h' })).status, 200);
  const ids = [];
  for (const [n, text] of texts.entries()) ids.push(await came(url, hostileIssue(n + 1, text)));
  await send('issues.labeled');
  const skipped = [];
  for (const text of texts) skipped.push(await came(url, hostileStar(text)));
  await settled(url);
  return { ...stood, ...made, told: ids, skipped };
}

/** Whatever a person writes on an issue is this text. */
export function hostileIssue(n: number, text: string) {
  const payload = JSON.parse(issueOpened(n, text).body.toString('utf8')) as Record<string, Record<string, unknown>>;
  const name = text === '' ? 'bug' : text;
  const issue = { ...payload['issue'], body: text, labels: [{ name, color: text }], milestone: { title: text } };
  return delivery('issues', { ...payload, issue, tests: { [text]: text } });
}

/** Of a type that no rule is about, all of whose texts are this one. */
function hostileStar(text: string) {
  const sender = { login: text, html_url: `https://github.com/${text}`, avatar_url: text, type: 'User' };
  const repository = { full_name: text, name: text, html_url: text, description: text, owner: sender };
  return delivery('star', { action: 'created', repository, sender, [text]: { [text]: [text, { [text]: text }] } });
}

async function came(url: string, sent: Parameters<typeof deliver>[1]): Promise<number> {
  const { status, body } = await deliver(url, sent);
  assert.equal(status, 200, JSON.stringify(body));
  return body.id ?? 0;
}

/** What can go has gone: the lanes that are paused or broken keep theirs. */
export async function settled(url: string): Promise<void> {
  const ask = askingV1({ url });
  for (;;) {
    const { events } = (await ask<EventPage>('GET', '/events?limit=100')).body;
    const { lanes } = (await ask<Lanes>('GET', '/lanes')).body;
    const isDecided = events.every(({ state }) => state !== 'pending');
    if (isDecided && lanes.every((lane) => lane.waiting === 0 || lane.broken !== null || lane.held !== null)) return;
    await setTimeout(50);
  }
}

/** Decided about two months ago; headers and body went since. */
async function forgotten(dir: string): Promise<number> {
  await using inbox = await openInbox(dir);
  const text = '{"zen":"Keep it logically awesome."}';
  const { id } = await inbox.append(newEvent({ type: 'star', text, receivedAt: Date.now() - 60 * DAY_MS }));
  const [expand, prune] = await inbox.acquire('before', ['expand', 'prune'], 60_000);
  assert(expand && prune);
  await inbox.expand(expand, [routed(id, [], { text })]);
  for (const segment of await inbox.keptSegments(0, 10)) await inbox.eraseBodies(prune, segment.id, [id]);
  await inbox.release('before');
  return id;
}
