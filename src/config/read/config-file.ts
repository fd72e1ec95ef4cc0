import type { Problem } from '../config-error.ts';
import type { Path, Range } from '../place/yaml-map.ts';

/** A YAML file with its variables filled in, that can say where everything stands. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly data: unknown;
  /** The variable a text came out of, if it did. */
  variableAt(path: Path): string | undefined;
  readonly variables: readonly { readonly path: Path; readonly variable: string }[];
  /** Those of them that are not set. Their texts stay as written. */
  readonly unset: ConfigFile['variables'];
  /** Why there is no value at `path`, where what was meant for one is a comment. Null: another reason. */
  hiddenAt(path: Path): string | null;
  /** Notes it, with its line; unless a variable is missing there, which is noted already. */
  report(remark: Remark): void;
  /** Everything wrong that was reported, from the top of the file to its end. */
  findings(): readonly Finding[];
  /** Ready to print, each with its place. */
  notes(): readonly string[];
}

/** What is said about a place of the file. */
export interface Remark {
  readonly place: Path;
  readonly message: string;
  /** What is meant there. Default: the value. A range: that piece of its text, offsets into it. */
  readonly part?: 'key' | 'value' | Range;
  /**
   * cause   of all that else would be said at this place: nothing more is noted there
   * note    nothing is wrong, and a person may want to know
   * Default: it is wrong.
   */
  readonly kind?: 'cause' | 'note';
}

/** Something wrong that was reported, and where in the data. */
export interface Finding {
  readonly path: Path;
  readonly problem: Problem;
  /** A variable is not set: with it, nothing may be wrong. */
  readonly isUnset: boolean;
}
