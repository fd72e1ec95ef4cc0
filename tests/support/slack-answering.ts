import assert from 'node:assert/strict';
import { channel } from '../../src/destinations/slack/channel.ts';
import type { SlackSettings } from '../../src/destinations/slack/settings.ts';
import type { Asker, Desk, Why } from '../../src/model/desk.ts';
import type { Destination, Outcome } from '../../src/model/destination.ts';
import type { StoredEvent } from '../../src/model/event.ts';
import type { Mute } from '../../src/model/inbox/mutes.ts';
import { Secret } from '../../src/shared/secret.ts';
import { OPENING } from '../conformance/destination.ts';
import { aStoredEvent } from '../doubles/application-double.ts';
import { type Asked, MONA, startAsked } from '../doubles/slack/asking.ts';
import type { Delivery } from '../doubles/slack/deliveries.ts';
import { bodyOf } from '../doubles/slack/http-events.ts';
import { aNotification, anActivity, single } from '../fixtures/activities.ts';
import { aDesk } from '../fixtures/desk.ts';

export const LINK = 'https://github.com/acme/api/pull/12';

export const WHY: Why = {
  eventId: 42,
  thread: 'acme/api#12',
  said: 'hubot opened pull request #12 in acme/api: <!channel> *Retry*',
  url: LINK,
  receivedAt: 1_700_000_000_000,
  lines: ['Rule new: matched → team', '  labels: wanted `bug`, saw <none> ✓'],
  command: 'npx tidings explain 42',
  told: ['team'],
};

/** What was kept of it: as the audit list would have it. */
export interface Noted {
  readonly what: string;
  readonly by: Asker;
}

/** One at which notification 1, told to `team`, is known, and what is muted stays muted. */
export function deskOf(noted: Noted[], mutes: Mute[], known: Partial<Desk> = {}): Desk {
  return aDesk({
    why: async (id) => (id === 1 ? WHY : null),
    whyOf: async (link) => (link === LINK ? [WHY] : []),
    threadOf: async (link) => (link === LINK ? WHY.thread : null),
    hasCard: async (thread, name) => thread === 'acme/api#12' && name === 'team',
    whyOfThread: async (thread) => (thread === 'acme/api#12' ? [WHY] : []),
    status: async () => ['Tidings 1.2.3', 'Nothing waits & <all> is well'],
    mute: async (wish, by) => {
      mutes.push({ ...wish, by: by.who, at: 0 });
      noted.push({ what: `mute ${wish.thread} for ${wish.whom}`, by });
    },
    unmute: async ({ thread, whom }, by) => {
      const index = mutes.findIndex((each) => each.thread === thread && each.whom === whom);
      noted.push({ what: `unmute ${thread} for ${whom}`, by });
      return index >= 0 && mutes.splice(index, 1).length > 0;
    },
    muted: async (whom) => mutes.filter((each) => whom.includes(each.whom)),
    loginOf: (key, id) => (key === 'slack' && id === MONA.id ? 'mona' : null),
    refused: async (what, why, by) => void noted.push({ what: `refused ${what}: ${why}`, by }),
    ...known,
  });
}

export interface Answering extends AsyncDisposable {
  readonly asked: Asked;
  readonly slack: Asked['slack'];
  readonly destination: Destination;
  readonly noted: Noted[];
  readonly mutes: Mute[];
  /** As the expander and the lane do: what is no ask is not sent. `later`: how old it is by then, ms; `tries` before this one. */
  send(delivery: Delivery | null, more?: { readonly later?: number; readonly tries?: number }): Promise<Outcome | null>;
  /** Posts a message with a menu, as notification 1, into the first channel. */
  tell(): Promise<string>;
  /** What somebody alone sees there, newest last. */
  seen(user?: string): readonly string[];
}

/** A workspace, a destination `team` in its first channel, and one that answers, at a desk of the test's own. */
export async function startAnswering(
  known: Partial<Desk> = {},
  options: Parameters<typeof startAsked>[0] = {},
): Promise<Answering> {
  const asked = await startAsked(options);
  const { slack, clock } = asked;
  const common = { token: new Secret(slack.token), api_url: slack.url, per_second: 0 };
  const team: SlackSettings = { ...common, channel: '#releases', menu: true };
  const settings: SlackSettings = { ...common, answers: 'workspace' };
  const siblings = new Map([
    ['team', team],
    ['other', { ...common, channel: 'C0000002' }],
    ['people', { ...common, direct: true }],
    ['answers', settings],
  ]);
  const noted: Noted[] = [];
  const mutes: Mute[] = [];
  const opening = { ...OPENING, clock, desk: deskOf(noted, mutes, known), siblings };
  const destination = await channel.open({ ...opening, name: 'answers', settings });
  const teller = await channel.open({ ...opening, name: 'team', settings: team });
  const signal = new AbortController().signal;
  return {
    asked,
    slack,
    destination,
    noted,
    mutes,
    async send(delivery, { later = 0, tries = 0 } = {}) {
      assert(delivery);
      const event = eventOf(delivery);
      if (!destination.isAsked?.(event)) return null;
      const receivedAt = clock.now() - later;
      const notification = { ...aNotification(anActivity()), receivedAt, tries };
      const stored = async () => event;
      return destination.send({ kind: 'single', notification }, { signal, earlier: null, stored });
    },
    async tell() {
      const outcome = await teller.send(single(anActivity()), { signal, earlier: null, thread: 'acme/api#12' });
      assert.equal(outcome.kind, 'sent');
      return slack.messages.at(-1)?.ts ?? '';
    },
    seen: (user = MONA.id) =>
      slack.workspace.ephemerals.filter((each) => each.user === user).map(({ blocks }) => textsIn(blocks).join('\n')),
    [Symbol.asyncDispose]: () => slack.close(),
  };
}

/** As the source stores it. */
export function eventOf({ told }: Delivery): StoredEvent {
  const { body } = bodyOf(told);
  const { payload } = told;
  const inner = payload['event'] as { readonly type?: string } | undefined;
  const type = told.kind === 'slash_commands' ? 'slash_command' : String(inner?.type ?? payload['type']);
  return aStoredEvent({ source: 'workspace', type, body: Buffer.from(body) });
}

/** Every text of blocks, in order. */
export function textsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('text' in node && typeof node.text === 'string') return [node.text];
  return Object.values(node).flatMap(textsIn);
}
