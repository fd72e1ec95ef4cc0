import type { EventId } from './event.ts';
import type { Mute } from './inbox/mutes.ts';
import type { NotificationId } from './notification.ts';

/** Who asks or wishes something from elsewhere, once it is proved that they are who they say. */
export interface Asker {
  /** As a person finds them in the audit list: `mona (Slack U012AB3CD)`. At most 200 characters are kept. */
  readonly who: string;
  /** Whose login that is by `people` in tidings.yaml. Null: nobody's. */
  readonly login: string | null;
  /** From where, as the audit list says it: `Slack, #releases`. At most 200 characters are kept. */
  readonly from: string;
}

/** Why something was told, or was not. Raw text of others: every renderer escapes it. */
export interface Why {
  readonly eventId: EventId;
  /** `acme/api#12`: what can be muted. Null: it belongs to no thread, or nobody knows any more. */
  readonly thread: string | null;
  /** What happened, one sentence of at most 300 characters. */
  readonly said: string;
  /** Its page at the provider. */
  readonly url: string | null;
  /** ms since 1970 */
  readonly receivedAt: number;
  /** What each rule made of it, and what became of it, in the words of `tidings explain`: at most 60 lines of 300 characters. */
  readonly lines: readonly string[];
  /** The command that says all of it. */
  readonly command: string;
  /** The destinations that it was addressed to: of one notification, its own. Who reads none of them may not be told of it. */
  readonly told: readonly string[];
}

/** What waits on a person. */
export interface Waits {
  readonly thread: string;
  /** `#12 Uploads fail on Safari`: raw text of others. */
  readonly name: string;
  readonly url: string | null;
  /** Since when, ms since 1970. */
  readonly since: number;
  /** `review`: theirs is asked for; `ready`: their own, approved; `blocked`: their own, changes are requested or checks fail. */
  readonly what: 'review' | 'ready' | 'blocked';
}

/**
 * Whatever people may ask Tidings from elsewhere, and wish of it. Whoever asks here has checked that they may; who asked why, every wish and
 * every refusal is kept in the audit list. Every method may throw InboxUnavailableError.
 */
export interface Desk {
  /** Null: nothing is known of it, or no longer. */
  why(notification: NotificationId, by: Asker): Promise<Why | null>;
  /** The newest events about a page, such as `https://github.com/acme/api/pull/12`, newest first, at most five. */
  whyOf(link: string, by: Asker): Promise<readonly Why[]>;
  /** The same of a thread, such as a card's. */
  whyOfThread(thread: string, by: Asker): Promise<readonly Why[]>;
  /** Whether that destination has a card of it: whoever reads there knows of the thread. */
  hasCard(thread: string, destination: string): Promise<boolean>;
  /** The thread of a page, for whoever wishes something of it. Null: nothing is known of that page. */
  threadOf(link: string): Promise<string | null>;
  /** How Tidings is, some lines: what waits, what is broken, what nobody got. No secrets. `answering`: the destination whose questions wait for this, and are no news. */
  status(answering?: string): Promise<readonly string[]>;
  /** `whom` as in `Mute`: a destination's name, or `@mona`. Until: ms since 1970, null for good. */
  mute(wish: Pick<Mute, 'thread' | 'whom' | 'until'>, by: Asker): Promise<void>;
  /** False: it was not muted. */
  unmute(wish: Pick<Mute, 'thread' | 'whom'>, by: Asker): Promise<boolean>;
  /** What is muted for one of these, newest first, at most 50. */
  muted(whom: readonly string[]): Promise<readonly Mute[]>;
  /** What waits on a login, the longest first, at most 50. */
  waiting(login: string): Promise<readonly Waits[]>;
  /** Whose login `people` has under that id, `slack` and `U012AB3CD`: null, where it is nobody's, or of two. */
  loginOf(idKey: string, id: string): string | null;
  /** Keeps that somebody was refused, and why. */
  refused(what: string, why: string, by: Asker): Promise<void>;
}
