import type { Clock } from '../shared/clock.ts';
import type { Destination } from './destination.ts';
import type { Key, Plugin, Schema, Variables } from './plugin.ts';

/** A kind of destination: everything behind one row of CHANNELS. */
export interface Channel<C> extends Plugin<C> {
  /** The one that variables make where tidings.yaml names no destinations. Null: they are not set. */
  byDefault?(env: Variables): FromVariables<C> | null;
  schema(): Promise<ChannelSchema>;
  /** The id of the person who alone reads it: direct messages. Null: others do. */
  readerOf?(settings: C): string | null;
  open(opening: Opening<C>): Promise<Destination>;
}

export interface ChannelSchema extends Schema {
  /** How a person is named there: the key of this kind under `people`. */
  readonly person?: Key;
  /** How a group is named there: the key of this kind under `teams`. */
  readonly team?: Key;
}

export interface FromVariables<C> {
  readonly settings: C;
  /** Key → the variable it came out of, of its secrets. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface Opening<C> {
  readonly name: string;
  readonly settings: C;
  readonly clock: Clock;
  /** Where a destination writes that is read on this very screen. */
  readonly terminal: Terminal;
}

export interface Terminal {
  write(text: string): Promise<void>;
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}
