import type { App } from './app.ts';
import { type Message, Messages } from './messages.ts';

export interface ApiChannel {
  /** Such as C0000001. */
  readonly id: string;
  /** Without `#`. */
  readonly name: string;
  readonly isPrivate?: boolean;
  /** The bot is in it. Default true. */
  readonly isMember?: boolean;
  readonly isArchived?: boolean;
  /** Ids of the people and other bots in it. Default: every user. */
  readonly members?: readonly string[];
  /** Shared with another company by Slack Connect. */
  readonly isShared?: boolean;
  /** What its administrators forbid. */
  readonly restricts?: 'posting' | 'everything' | 'top' | 'threads';
}

export interface ApiUser {
  /** Such as U0000002. */
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  /** Such as Europe/Berlin. */
  readonly tz?: string;
  /** multi: of several channels; single: of one. */
  readonly guest?: 'multi' | 'single';
  /** The team of a stranger, met by Slack Connect. */
  readonly strangerOf?: string;
  readonly isDeleted?: boolean;
  readonly isBot?: boolean;
}

export interface Channel {
  id: string;
  name: string;
  readonly isPrivate: boolean;
  /** A direct message: with whom. */
  readonly with: string | null;
  readonly isShared: boolean;
  readonly restricts: ApiChannel['restricts'];
  readonly members: Set<string>;
  isArchived: boolean;
}

export interface Settings {
  readonly team: string;
  readonly channels: readonly ApiChannel[];
  readonly users: readonly ApiUser[];
  readonly apps: readonly App[];
  /** Most in one page, whatever the caller's `limit`. */
  readonly pageSize: number;
  /** How long messages may be edited. Null: always. */
  readonly editWindowMs: number | null;
}

export const TEAM_ID = 'T0000001';
/** https://docs.slack.dev/interactivity/handling-user-interaction */
const TRIGGER_MS = 3000;
const RESPONSE_MS = 30 * 60_000;
const RESPONSE_USES = 5;

/** Where the answer to a click or a command may go. */
export interface ResponsePlace {
  readonly app: App;
  readonly channel: string;
  readonly user: string;
  /** What was clicked on. */
  readonly message: Message | null;
}

interface ResponseUrl extends ResponsePlace {
  readonly until: number;
  uses: number;
}

/** Everything the workspace keeps. Methods of the Web API ask and change it; so do people. */
export class Workspace {
  readonly settings: Settings;
  readonly channels: Channel[];
  readonly users: readonly ApiUser[];
  readonly messages = new Messages();
  readonly ephemerals: Message[] = [];
  readonly views = new Map<string, { readonly id: string; readonly hash: string; readonly view: object }>();
  readonly modals: { readonly user: string; readonly view: object }[] = [];
  /** By app: why its token is refused. */
  readonly refused = new Map<string, 'token_revoked' | 'account_inactive' | 'invalid_auth'>();
  readonly #triggers = new Map<string, { readonly user: string; readonly until: number; used: boolean }>();
  readonly #responses = new Map<string, ResponseUrl>();
  #numbers = 0;

  constructor(settings: Settings) {
    this.settings = settings;
    this.users = settings.users;
    const [first] = settings.apps;
    this.channels = settings.channels.map((each) => ({
      id: each.id,
      name: each.name,
      isPrivate: each.isPrivate ?? false,
      isArchived: each.isArchived ?? false,
      isShared: each.isShared ?? false,
      restricts: each.restricts,
      with: null,
      members: new Set([
        ...(each.members ?? settings.users.map(({ id }) => id)),
        ...(first !== undefined && each.isMember !== false ? [first.userId] : []),
      ]),
    }));
  }

  /** Such as `Ev00000007`: unique here. */
  nextId(prefix: string): string {
    this.#numbers++;
    return prefix + String(this.#numbers).padStart(8, '0');
  }

  user(id: unknown): ApiUser | undefined {
    return this.users.find((each) => each.id === id);
  }

  /** By id. A private channel that the bot is not in does not exist for it. */
  channelFor(app: App, id: unknown): Channel | undefined {
    return this.visible(app).find((each) => each.id === id);
  }

  visible(app: App): readonly Channel[] {
    return this.channels.filter(({ isPrivate, members }) => !isPrivate || members.has(app.userId));
  }

  /** The direct message of these two, opened where there is none. */
  direct(app: App, user: string): Channel {
    const there = this.channels.find((each) => each.with === user && each.members.has(app.userId));
    if (there !== undefined) return there;
    const members = new Set([app.userId, user]);
    const id = this.nextId('D');
    const made = { id, name: '', isPrivate: true, isArchived: false, isShared: false, restricts: undefined, members };
    const channel: Channel = { ...made, with: user };
    this.channels.push(channel);
    return channel;
  }

  giveTrigger(user: string, at: number): string {
    const id = `${this.nextId('')}.${TEAM_ID}.${'0'.repeat(8)}`;
    this.#triggers.set(id, { user, until: at + TRIGGER_MS, used: false });
    return id;
  }

  /** The user whose click it was; else the error. */
  takeTrigger(id: unknown, at: number): { readonly user: string } | { readonly error: string } {
    const trigger = this.#triggers.get(String(id));
    if (trigger === undefined) return { error: 'invalid_arguments' };
    if (trigger.used) return { error: 'exchanged_trigger_id' };
    if (at > trigger.until) return { error: 'expired_trigger_id' };
    trigger.used = true;
    return { user: trigger.user };
  }

  /** The path at the end of a `response_url`. */
  giveResponsePath(place: ResponsePlace, at: number): string {
    const path = `/actions/${TEAM_ID}/${this.nextId('')}/aSecretOfTests`;
    this.#responses.set(path, { ...place, until: at + RESPONSE_MS, uses: 0 });
    return path;
  }

  takeResponse(path: string, at: number): ResponsePlace | { readonly error: string } {
    const response = this.#responses.get(path);
    if (response === undefined) return { error: 'no_such_url' };
    if (at > response.until) return { error: 'expired_url' };
    if (response.uses >= RESPONSE_USES) return { error: 'used_url' };
    response.uses++;
    return response;
  }
}
