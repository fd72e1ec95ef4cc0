import type { Clock } from '../../shared/clock.ts';
import type { Desk } from '../desk.ts';
import type { Destination, Message, TakenSources } from '../destination.ts';
import type { Resign } from '../resign.ts';
import type { Connect } from './connect.ts';
import type { Finding } from './finding.ts';
import type { Asking, Key, Plugin, Schema } from './plugin.ts';
import type { ShownMessage } from './preview.ts';
import type { Variables } from './variables.ts';

/** A kind of destination: everything behind one row of CHANNELS. */
export interface Channel<C> extends Plugin<C> {
  /** What one can do; tests/conformance/abilities.ts holds it to that. */
  readonly can: Abilities;
  /** By a word of their own: ways to be set up that differ in what they can do. Default: there is one. */
  readonly ways?: Readonly<Record<string, Way>>;
  /** The one that variables make where tidings.yaml names no destinations. */
  readonly byDefault?: ByDefault<C>;
  schema(): Promise<ChannelSchema>;
  /** The sources of which one takes everything, whatever rules say. Null, or left out: none. */
  takesAll?(settings: C): TakenSources | null;
  /** Whether one takes only what is asked of it there, which no rule tells. Default: no. */
  isAsked?(settings: C): boolean;
  /**
   * Why one has no threads, as it is set, though others of its type have: `a webhook is not told …`. Null: it has.
   * Default: as its row says.
   */
  whyNoThreads?(settings: C): string | null;
  /** Why one shows no cards, as it is set: the same. */
  whyNoCards?(settings: C): string | null;
  /** Whether one shows what is told in a thread in the channel too, where a rule wants that. Default: no. */
  broadcasts?(settings: C): boolean;
  /** A key of one that does nothing beside `all` of its type, and why, in words. Null: there is none. Default: none. */
  whyInVain?(settings: C, all: readonly C[]): { readonly key: string; readonly why: string } | null;
  /** The id of the person who alone reads it: direct messages. Null: others do. */
  readerOf?(settings: C): string | null;
  /** Whether one tells each notification to the person whom alone it mentions: rules name people instead of it. Default: no. */
  isDirect?(settings: C): boolean;
  /** Whether one looks up people by their e-mail addresses (`Destination.findPerson`). Default: no. */
  findsPeople?(settings: C): boolean;
  open(opening: Opening<C>): Promise<Destination>;
  /** How a message would look there, before anything is connected. Default: nobody can say. */
  sketch?(message: Message): Promise<ShownMessage>;
  /** Asks the other side about one, changing and posting nothing. */
  check?(name: string, settings: C, asking: Asking): Promise<readonly Finding[]>;
}

/** What whoever chooses a destination wants to know. Whom it calls by an id, and its pace where a key sets it, its schema says. */
export interface Abilities {
  /** If more than this many wait, they are told in one message. Null: each is sent by itself. */
  readonly digest: number | null;
  /** Into what later news about one issue or incident goes, as in `forum post`. Null: messages stand by themselves. */
  readonly thread: string | null;
  /** What shows how an issue or incident stands and changes with it, as in `message`. Null: nothing does. */
  readonly card: string | null;
  /** Later news can change the message before it. */
  readonly edit: boolean;
  /** `mention: here` and `mention: channel` call whoever is there. */
  readonly everybody: boolean;
  /** By what the other side knows a repetition, as in `transaction id`. Null: it does not, and shows it twice. */
  readonly dedup: string | null;
  /** Least ms between two messages, where no key sets it. Default 0: as fast as they come. */
  readonly paceMs?: number;
}

/** What differs from `can`, and where it is described. */
export interface Way extends Partial<Abilities> {
  readonly title: string;
  /** Where such a one posts: `a channel, by an incoming webhook`. Markdown. */
  readonly text: string;
  /** A page of docs/destinations. Default: that of its type. */
  readonly page?: string;
  /** It calls nobody by an id. */
  readonly isNameless?: boolean;
  /** `tidings connect <way>`. */
  connect?(): Promise<Connect>;
}

export interface ChannelSchema extends Schema {
  /** How one is written that posts to the channel of that name. */
  readonly forChannel?: (name: string) => string;
  /** Whom it can call by an id: keys of this kind under `people` and `teams`. */
  readonly person?: IdKey;
  readonly team?: IdKey;
}

export interface IdKey extends Key {
  /** `member id` */
  readonly noun: string;
  readonly example: string;
  /** For editors, a regular expression. */
  readonly pattern: string;
}

export interface ByDefault<C> {
  /** Which to set first. */
  readonly variable: string;
  /** Null: they are not set, or one of them is wrong, and told. */
  settings(env: Variables): FromVariables<C> | null;
}

export interface FromVariables<C> {
  /** Beside what `fromEnv` says. */
  readonly settings: Partial<C>;
  /** Key → the variable it came out of, of its secrets. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface Opening<C> {
  readonly name: string;
  readonly settings: C;
  readonly clock: Clock;
  /** How what was received is proved to whoever gets it from here. */
  readonly resign: Resign;
  /** Where a destination writes that is read on this very screen. */
  readonly terminal: Terminal;
  /** What people may ask of it from where they read it. */
  readonly desk: Desk;
  /** All that are configured of its type, itself too, by name → as they are set. Absent: nobody knows. */
  readonly siblings?: ReadonlyMap<string, C> | undefined;
}

export interface Terminal {
  write(text: string): Promise<void>;
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}
