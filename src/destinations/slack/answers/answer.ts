import type { Asker, Desk, Why } from '../../../model/desk.ts';
import type { NotificationId } from '../../../model/notification.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Choice } from './actions.ts';
import type { Wanted } from './ask.ts';
import { home, unknown } from './home.ts';
import { plainWords, type Reply, words } from './reply.ts';
import { help, sayStatus } from './say-help.ts';
import { sayList, sayMuted, sayUnmuted } from './say-mutes.ts';
import { NOTHING_KNOWN, sayWhy } from './say-why.ts';
import { type Typed, typed } from './typed.ts';

/** Somebody who may ask, and where they stand. */
export interface Asking {
  /** Of the destination that answers. */
  readonly name: string;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly by: Asker;
  /** Their member id. */
  readonly id: string;
  /** The destinations that post where it was asked. */
  readonly here: readonly string[];
  /** Those of them that others read too: there a mute is everybody's. */
  readonly shared: readonly string[];
  /** As it is typed: `/tidings`, `@tidings`. */
  readonly called: string;
}

/** Does what is wanted, and says so. What people may not have is told as what there is not. */
export async function answer(asking: Asking, wanted: Wanted): Promise<Reply> {
  switch (wanted.kind) {
    case 'choice':
      return 'thread' in wanted.about
        ? onCard(asking, wanted.choice, wanted.about.thread)
        : onMessage(asking, wanted.choice, wanted.about.notification);
    case 'unmute':
      return unmute(asking, wanted.thread, wanted.isOwn);
    case 'words':
      return said(asking, typed(wanted.text));
    case 'home':
      return showHome(asking);
    case 'unknown':
      await asking.desk.refused('a click', 'its value is none of ours', asking.by);
      return plainWords(NOTHING_KNOWN);
  }
}

/** On a message: of a notification that was told right here. */
async function onMessage(asking: Asking, choice: Choice, notification: NotificationId): Promise<Reply> {
  const { desk, by, here, clock } = asking;
  const why = await desk.why(notification, by);
  if (why === null) return plainWords(NOTHING_KNOWN);
  if (!why.told.some((name) => here.includes(name)))
    return elsewhere(asking, `${choice} of notification ${notification}`);
  return choice === 'why' ? sayWhy([why], clock.now()) : muteOf(asking, why.thread, choice);
}

/** On the card of a thread that has one right here. */
async function onCard(asking: Asking, choice: Choice, thread: string): Promise<Reply> {
  const { desk, by, here, clock } = asking;
  const stands = await Promise.all(here.map((name) => desk.hasCard(thread, name)));
  if (!stands.includes(true)) return elsewhere(asking, `${choice} of ${thread}`);
  return choice === 'why' ? sayWhy(await desk.whyOfThread(thread, by), clock.now()) : muteOf(asking, thread, choice);
}

async function elsewhere({ desk, by }: Asking, what: string): Promise<Reply> {
  await desk.refused(what, 'it was not told where they ask', by);
  return plainWords(NOTHING_KNOWN);
}

async function muteOf(asking: Asking, thread: string | null, choice: Choice): Promise<Reply> {
  if (thread !== null) return mute(asking, thread, { isOwn: choice === 'me', forMs: null });
  return plainWords('It belongs to no issue, pull request or the like: there is nothing to mute.');
}

async function said(asking: Asking, what: Typed): Promise<Reply> {
  const { desk, by, here, clock, called } = asking;
  switch (what.kind) {
    case 'status':
      return sayStatus(await desk.status(asking.name));
    case 'help':
      return help(called);
    case 'misread':
      return help(called, what.why);
    case 'list':
      return sayList(await desk.muted(by.login === null ? here : [...here, `@${by.login}`]), clock.now());
    case 'why':
      return sayWhy(await known(asking, what.link), clock.now());
    case 'mute':
    case 'unmute': {
      const thread = await threadOf(asking, what.link);
      if (thread === null) return plainWords(NOTHING_KNOWN);
      if (what.kind === 'mute') return mute(asking, thread, what);
      return what.isOwn ? unmute(asking, thread, true) : unmuteAll(asking, thread);
    }
  }
}

/** About a page: what was told here; all of it to people whom Tidings knows. */
async function known({ desk, by, here }: Asking, link: string): Promise<readonly Why[]> {
  const all = await desk.whyOf(link, by);
  return by.login === null ? all.filter(({ told }) => told.some((name) => here.includes(name))) : all;
}

/** The thread of a page, as far as they may know of it. */
async function threadOf(asking: Asking, link: string): Promise<string | null> {
  if (asking.by.login !== null) return asking.desk.threadOf(link);
  return (await known(asking, link)).find(({ thread }) => thread !== null)?.thread ?? null;
}

interface Muting {
  readonly isOwn: boolean;
  readonly forMs: number | null;
}

async function mute(asking: Asking, thread: string, { isOwn, forMs }: Muting): Promise<Reply> {
  const { desk, by, clock } = asking;
  const whom = whomOf(asking, isOwn);
  if (whom.length === 0) return nobody(asking, isOwn);
  const until = forMs === null ? null : clock.now() + forMs;
  for (const each of whom) await desk.mute({ thread, whom: each, until }, by);
  return sayMuted({ thread, isOwn }, forMs);
}

async function unmute(asking: Asking, thread: string, isOwn: boolean): Promise<Reply> {
  const whom = whomOf(asking, isOwn);
  if (whom.length === 0) return nobody(asking, isOwn);
  const was = await unmuted(asking, thread, whom);
  return sayUnmuted({ thread, here: isOwn ? null : was, own: isOwn ? was : null });
}

/** Here, and for whoever asks. */
async function unmuteAll(asking: Asking, thread: string): Promise<Reply> {
  const { by, shared } = asking;
  const here = await unmuted(asking, thread, shared);
  const own = by.login === null ? null : await unmuted(asking, thread, [`@${by.login}`]);
  return sayUnmuted({ thread, here, own });
}

async function unmuted({ desk, by }: Asking, thread: string, whom: readonly string[]): Promise<boolean> {
  const done: boolean[] = [];
  for (const each of whom) done.push(await desk.unmute({ thread, whom: each }, by));
  return done.includes(true);
}

/** For whom. Empty: there is nobody. */
function whomOf({ by, shared }: Asking, isOwn: boolean): readonly string[] {
  if (!isOwn) return shared;
  return by.login === null ? [] : [`@${by.login}`];
}

function nobody({ id, called }: Asking, isOwn: boolean): Reply {
  if (isOwn) return words(unknown(id));
  return plainWords(`I post nothing here that others read. For yourself: ${called} mute <link> for me`);
}

async function showHome({ desk, by, id, clock }: Asking): Promise<Reply> {
  const { login } = by;
  const [waits, mutes] =
    login === null ? [[], []] : await Promise.all([desk.waiting(login), desk.muted([`@${login}`])]);
  return home({ login, id, waits, mutes }, clock.now());
}
