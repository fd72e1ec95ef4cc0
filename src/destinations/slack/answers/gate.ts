import type { Outcome } from '../../../model/destination.ts';
import { isObject, isTrue, read, textOrNull } from '../../../shared/payload.ts';
import { oneLine } from '../../../text/plain.ts';
import { type Bot, failureOf, look, OwnTeam, type Sending } from '../bot/look.ts';
import { isMemberId } from '../shapes.ts';
import type { ApiAnswer } from '../web-api.ts';
import type { Ask } from './ask.ts';
import { Kept } from './kept.ts';

/** Who asks, as Slack says it rather than the payload. */
export interface Member {
  readonly id: string;
  readonly name: string;
}

export interface Place {
  readonly id: string;
  /** Without `#`. Null: a direct message. */
  readonly name: string | null;
}

/**
 * refused  `said` is for whoever asks: null where nobody is to hear of it; `why` for the audit list
 * failed   it is not known, and nothing is done
 */
export type Admission =
  | { readonly kind: 'admitted'; readonly member: Member; readonly place: Place | null }
  | Refused
  | { readonly kind: 'failed'; readonly outcome: Outcome };

export interface Refused {
  readonly kind: 'refused';
  readonly why: string;
  readonly said: string | null;
}

/** Somebody may become a guest, or a channel shared, at any time: so long it goes unnoticed. */
const KEPT_MS = 5 * 60_000;
const MOST = 2_000;

/**
 * Lets full members of the token's own workspace ask, where no other company reads along. Fails closed: what Slack does not say in so many
 * words is a no.
 */
export class Gate {
  readonly #bot: Bot;
  readonly #members: Kept<Member | Refused>;
  readonly #places: Kept<Place | Refused>;
  readonly #team: OwnTeam;

  constructor(bot: Bot) {
    this.#bot = bot;
    this.#team = new OwnTeam(bot);
    this.#members = new Kept(bot.clock, KEPT_MS, MOST);
    this.#places = new Kept(bot.clock, KEPT_MS, MOST);
  }

  async admit(ask: Ask, sending: Sending): Promise<Admission> {
    const team = await this.#team.id(sending);
    if (typeof team !== 'string') return { kind: 'failed', outcome: (team && failureOf(team)) ?? UNKNOWN_TEAM };
    if (ask.team !== team) return refused('it comes from another workspace than the token’s', null);
    if (ask.user === null || !isMemberId(ask.user)) return refused('nobody asks: a bot, or an app', null);
    if (ask.userTeam !== null && ask.userTeam !== team) return STRANGER;
    if (ask.isShared) return SHARED;
    const member = await this.#member(ask.user, team, sending);
    if ('kind' in member) return member;
    const place = ask.channel && (await this.#place(ask.channel.id, sending));
    return place !== null && 'kind' in place ? place : { kind: 'admitted', member, place };
  }

  /** https://docs.slack.dev/reference/methods/users.info */
  async #member(
    id: string,
    team: string,
    sending: Sending,
  ): Promise<Member | Exclude<Admission, { kind: 'admitted' }>> {
    const kept = this.#members.get(id);
    if (kept !== undefined) return kept;
    const answer = await look(this.#bot, 'users.info', { user: id }, sending);
    if (answer.kind === 'ok') return this.#members.set(id, memberIn(answer.data['user'], id, team));
    return noAnswer(answer, 'who you are', 'users:read') ?? NOBODY;
  }

  /** https://docs.slack.dev/reference/methods/conversations.info */
  async #place(id: string, sending: Sending): Promise<Place | Exclude<Admission, { kind: 'admitted' }>> {
    // Two people, of whom one asks and alone sees the answer.
    if (id.startsWith('D')) return { id, name: null };
    const kept = this.#places.get(id);
    if (kept !== undefined) return kept;
    const answer = await look(this.#bot, 'conversations.info', { channel: id }, sending);
    if (answer.kind === 'ok') return this.#places.set(id, placeIn(answer.data['channel'], id));
    return noAnswer(answer, 'who reads along here', 'channels:read and groups:read') ?? UNSEEN;
  }
}

const UNKNOWN_TEAM: Outcome = {
  kind: 'rejected',
  reason: 'Slack does not say of which workspace the token is (auth.test): nothing was done',
};

const STRANGER = refused(
  'of another company (Slack Connect)',
  'I answer members of this workspace only, and you are with another one.',
);
const SHARED = refused(
  'the channel is shared with another company',
  'I don’t answer here: this channel is shared with another company. Ask me in one of your own.',
);
const UNSEEN = refused(
  'the bot cannot see the channel',
  'I can’t see this channel, so I can’t tell who reads along. Invite me, or ask me in a channel that I am in.',
);
const NOBODY = refused('Slack knows no such member', 'I can’t find your account in this workspace.');

function refused(why: string, said: string | null): Refused {
  return { kind: 'refused', why, said };
}

/** Null: there is no such one. */
function noAnswer(
  answer: Exclude<ApiAnswer, { kind: 'ok' }>,
  what: string,
  scope: string,
): Exclude<Admission, { kind: 'admitted' }> | null {
  const outcome = failureOf(answer);
  if (outcome !== null) return { kind: 'failed', outcome };
  const code = answer.kind === 'refused' ? answer.refusal.code : '';
  if (/_not_(?:found|visible)$/.test(code)) return null;
  const lacks = code === 'missing_scope' ? `the app lacks the scope ${scope}` : `Slack refuses to say it (${code})`;
  const said = `I can’t check ${what}, so I do nothing: ${lacks}. Whoever runs Tidings can mend that: \`tidings doctor\` says how.`;
  return refused(`${what.replace('you are', 'asks')} cannot be checked: ${lacks}`, said);
}

/** Each is a word of Slack's own: what is missing is not false. */
export function memberIn(user: unknown, id: string, team: string): Member | Refused {
  if (!isObject(user) || user['id'] !== id) return NOBODY;
  if (user['deleted'] !== false || user['is_bot'] !== false)
    return refused('a bot, or an account that is no more', null);
  if (user['team_id'] !== team || isTrue(user, 'is_stranger')) return STRANGER;
  if (user['is_restricted'] !== false || user['is_ultra_restricted'] !== false) {
    return refused('a guest', 'I answer full members of this workspace only, and you are a guest.');
  }
  const name = ['profile.display_name', 'profile.real_name', 'name'].map((path) => textOrNull(user, path));
  return { id, name: oneLine(name.find((each) => each !== null) ?? id).slice(0, 80) };
}

function placeIn(channel: unknown, id: string): Place | Refused {
  if (!isObject(channel) || channel['id'] !== id) return UNSEEN;
  if (isTrue(channel, 'is_ext_shared')) return SHARED;
  if (read(channel, 'is_ext_shared') !== false) return UNSEEN;
  return { id, name: textOrNull(channel, 'name') };
}
