import type { Departure } from '../shared/outbound.ts';
import type { Compared } from './activity.ts';
import type { EventId, StoredEvent } from './event.ts';
import type { SubjectState } from './known/card.ts';
import type { Notification } from './notification.ts';
import type { ShownMessage } from './plugin/preview.ts';

/**
 * The longest a destination may silence its lane. A longer `Retry-After` is a mistake or a ban; asking once an hour
 * harms neither, and a lane that is mute for days looks like a broken one.
 */
export const MAX_PAUSE_MS = 3_600_000;

/**
 * What one attempt carries: one notification, or everything that was waiting. `others`: older ones of the same burst (`Keys.burst`)
 * that this one is told for, which says so itself.
 */
export type Message = (
  | { readonly kind: 'single'; readonly notification: Notification; readonly others?: readonly Notification[] }
  | { readonly kind: 'digest'; readonly notifications: readonly Notification[] }
) & {
  /** The answer to an earlier try is not known: it may have arrived then. Whoever reads it should see that. */
  readonly maybeRepeated?: boolean;
};

/**
 * By what a destination finds a message of its own again: a channel and an id. Nobody else reads it. It is stored, so it holds
 * no secrets.
 */
export type Receipt = Readonly<Record<string, string | number>>;

/** Characters of a receipt as JSON; a longer one is not kept. */
export const LONGEST_RECEIPT = 1_000;

/** What comes along with a message. */
export interface SendContext {
  readonly signal: AbortSignal;
  /**
   * What takes time to begin, a connection, asks it right before the first byte whether the lane is still ours: after a no
   * nothing is sent. Default: it may.
   */
  readonly departure?: Departure | undefined;
  /** The last receipt of this destination for the same thread (`Keys.thread`). Null: none was kept. */
  readonly earlier: Receipt | null;
  /**
   * The thread (`Keys.thread`) whose messages are one conversation: it goes where `earlier` says that it is, else it begins it. Null, the default:
   * it stands by itself, and then its receipt is for edits alone.
   */
  readonly thread?: string | null | undefined;
  /** `earlier` is its card, which says what all of the thread has in common. Default: it is not. */
  readonly isBelowCard?: boolean | undefined;
  /**
   * What was received, as it is stored at this moment, or was when the attempt was recorded (`readsStored`). Null: its body is gone.
   * A lane always gives it; where it rejects, the lane tries again. Undefined: whoever sends has no store.
   */
  readonly stored?: ((id: EventId) => Promise<StoredEvent | null>) | undefined;
}

/**
 * sent      the destination said yes; `receipt` is kept for later messages of the same thread
 * retry     transient: the lane pauses (exactly `retryAfterMs` where given, else by its `RetryPolicy`), nothing is lost
 * rejected  permanent: this message dies, the lane goes on; `reason` says what happened and what to do
 * broken    nothing can arrive there until somebody changes something (a deleted webhook, a revoked token): the lane holds what it has;
 *           `reason` says what happened and what to do
 * unknown   the answer was lost: it may or may not have arrived
 */
export type Outcome =
  | { readonly kind: 'sent'; readonly answer: string; readonly receipt?: Receipt | undefined }
  | { readonly kind: 'retry'; readonly reason: string; readonly retryAfterMs?: number | undefined }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * What became of something that may have arrived.
 * sent        it had arrived; `receipt` as of any that is sent
 * retry       it cannot be looked up now, but soon: the lane pauses, as when a message has to wait
 * absent      it did not arrive
 * unknowable  nobody can say; `reason` says why, and what to do
 */
export type Settlement =
  | Extract<Outcome, { readonly kind: 'sent' | 'retry' }>
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknowable'; readonly reason: string };

/** By what is looked for something that may have arrived. */
export interface SettleContext extends Pick<SendContext, 'signal' | 'earlier' | 'thread'> {
  /** No try began before, ms since 1970 by our clock. */
  readonly since: number;
}

/**
 * Where notifications go: a Slack channel, an HTTP endpoint, the console. Disposed of after its last `send`, which closes what
 * it keeps open; to do so again changes nothing.
 */
export interface Destination extends AsyncDisposable {
  readonly name: string;
  readonly type: string;
  /** Least time between the end of one attempt and the start of the next, ms. 0: no pace. */
  readonly intervalMs: number;
  /** Whose limits it shares with other destinations. Default: nobody's. */
  readonly account?: Account | undefined;
  /** Messages in flight at once; more than 1 gives up order inside the lane. */
  readonly concurrency: number;
  /** More than this many waiting are told in one digest. Null: never. */
  readonly digestOver: number | null;
  /** Most notifications one digest carries. */
  readonly digestMax: number;
  /** After a lost answer or a crash in mid-send: tell it again (perhaps twice), or hold it as `unknown`. */
  readonly onUnknown: 'resend' | 'hold';
  /**
   * The record of an attempt need not reach SQLite's disk before the message leaves: after a power cut in between it is told again,
   * without a word that it may be twice. Not for messages that name notifications: those made anew get the ids that were lost. Default: false.
   */
  readonly mayForgetAttempts?: boolean;
  /** `send` asks for each event that a message carries: they are read while its attempt is recorded. Default: false. */
  readonly readsStored?: boolean;
  readonly retry: RetryPolicy;
  /** Whether it gets everything received at a source of that name, also what no rule asks for and no normaliser understands. Default: nothing. */
  takesAll?(source: string): boolean;
  /**
   * Whether this is asked of it, of a source that it takes all of: then it gets it at once, and no rule tells it. It gets nothing else there.
   * Pure, and cheap for what is not. Default: nobody asks, it takes all.
   */
  isAsked?(event: Pick<StoredEvent, 'type' | 'body'>): boolean;
  /** Whether messages about one thread are one conversation there, where no rule says otherwise. Default: each stands by itself. */
  readonly isThreaded?: boolean | undefined;
  /** Whether it tells each notification to the person whom alone it mentions: rules name people instead of it. Default: no. */
  readonly isDirect?: boolean | undefined;
  /** Whether what it is told of has a card there, where no rule says otherwise. Undefined, the default: it can show none. */
  readonly hasCards?: boolean | undefined;
  /** How it shows them. Given where `hasCards` is. */
  readonly cards?: CardRack | undefined;
  /**
   * Why it takes none of this, whatever rules say, in words without secrets: `a run of acme/api, which it may have started`. Null: it takes
   * it. Pure. Default: it takes all.
   */
  declines?(compared: Compared): string | null;
  /** One line for the attempt's record and the log: what the message says. No secrets. */
  describe(message: Message): string;
  /**
   * How a message looks there, without sending it: made of the very parts that are sent, with names in place of ids and without secrets.
   * `stored`: the event, for those that send what was received. Null: its body is gone. Never throws for what others wrote. Default: what
   * `describe` says.
   */
  preview?(message: Message, stored: StoredEvent | null): Promise<ShownMessage>;
  /** Never throws for anything the network or the other side does. Must resolve soon after `signal` aborts. */
  send(message: Message, context: SendContext): Promise<Outcome>;
  /**
   * Whether a message has arrived whose answer nobody knows: asked before it goes again. It only reads. Never throws for anything the network
   * or the other side does. Must resolve soon after the signal aborts. Default: nobody can say.
   */
  settle?(message: Message, context: SettleContext): Promise<Settlement>;
  /**
   * Who has this e-mail address there, as an id that `people` might hold: a member, no guest and no bot. Never throws for anything the network
   * or the other side does. Must resolve soon after the signal aborts. Default: nobody can be looked up.
   */
  findPerson?(email: string, signal: AbortSignal): Promise<PersonFound>;
}

/** failed: it is not known; asked again later, after `retryAfterMs` where given. `why` is for people. */
export type PersonFound =
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'nobody'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string; readonly retryAfterMs?: number | undefined };

/** Their names, or all there are. */
export type TakenSources = 'all' | readonly string[];

/**
 * One bot, user or channel behind several destinations: they share its pace beside their own, whichever worker serves them, and what one
 * of them is asked to wait (`retryAfterMs`), all wait.
 */
export interface Account {
  /** Equal for all of them, whatever their type. No more than its hash is stored, and nothing shown: it may hold a secret. */
  readonly rateKey: string;
  /** Least time between the beginnings of any two attempts of theirs, ms. */
  readonly intervalMs: number;
}

/** The pauses of a lane that fails: short while an outage is young, then longer by a 36th each (src/jobs/retry.ts). */
export interface RetryPolicy {
  /** The first pause. The others are multiples of it. */
  readonly baseMs: number;
  /** The longest. */
  readonly capMs: number;
  /** Attempts before a notification is `dead`. */
  readonly maxTries: number;
}

/** What a card is to show: all of one moment. */
export interface CardContent {
  /** `Keys.thread` */
  readonly thread: string;
  readonly subject: SubjectState;
  /** What is known under the thread that the subject's fact `checks` names. Null: nothing, or it names none. */
  readonly checks: SubjectState | null;
}

/** What is asked for now: that the message of this receipt shows it, or else a new one. */
export interface CardView extends CardContent {
  /** Null: it stands nowhere, as far as is known. */
  readonly receipt: Receipt | null;
  /** How many messages were begun for it, this one too. One that was begun before is tried again under the same number: it may stand. */
  readonly posts: number;
}

/** gone: the message that showed it stands no more. */
export type Shown = Outcome | { readonly kind: 'gone'; readonly reason: string };

/** How a destination shows cards. */
export interface CardRack {
  /** Whose limits edits share, of this destination and of others; new messages have the destination's. Default: nobody's. */
  readonly edits?: Account | undefined;
  /** Equal where it looks the same, so that nothing is sent. At most 100 characters. Pure. */
  hash(content: CardContent): string;
  /**
   * Edits the message, or sends one. `sent` has the receipt by which it is found again. Never throws for anything the network or the other
   * side does. Must resolve soon after the signal aborts.
   */
  show(view: CardView, context: Pick<SendContext, 'signal' | 'departure'>): Promise<Shown>;
  /** As `Destination.settle`, of a message that was begun for it under that number. */
  settle?(view: CardView, context: Pick<SendContext, 'signal'>): Promise<Settlement>;
}
