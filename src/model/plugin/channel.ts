import type { Clock } from '../../shared/clock.ts';
import type { Destination, TakenSources } from '../destination.ts';
import type { Resign } from '../resign.ts';
import type { Finding } from './finding.ts';
import type { Asking, Key, Plugin, Schema } from './plugin.ts';
import type { Variables } from './variables.ts';

/** A kind of destination: everything behind one row of CHANNELS. */
export interface Channel<C> extends Plugin<C> {
  /** The one that variables make where tidings.yaml names no destinations. */
  readonly byDefault?: ByDefault<C>;
  schema(): Promise<ChannelSchema>;
  /** The sources of which one takes everything, whatever rules say. Null, or left out: none. */
  takesAll?(settings: C): TakenSources | null;
  /** The id of the person who alone reads it: direct messages. Null: others do. */
  readerOf?(settings: C): string | null;
  open(opening: Opening<C>): Promise<Destination>;
  /** Asks the other side about one, changing and posting nothing. */
  check?(name: string, settings: C, asking: Asking): Promise<readonly Finding[]>;
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
}

export interface Terminal {
  write(text: string): Promise<void>;
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}
