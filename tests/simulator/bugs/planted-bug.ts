import type { CheckName } from '../types.ts';

/** A bug that Tidings had, or a guard without which it has it, as a change of today's source. */
export interface PlantedBug {
  /** As in `npm run simulate -- --bug late-after-thaw`. */
  readonly name: string;
  /** What a person would say of it. */
  readonly says: string;
  /** The commit in which it was fixed, or that brought the guard which is left out here. */
  readonly fixedIn: string;
  /** What finds it. Others may, too. */
  readonly check: CheckName;
  /** One that finds it. Null: none is known. */
  readonly seed: number | null;
  readonly changes: readonly Change[];
}

export interface Change {
  /** From the project's root. */
  readonly file: string;
  /** Stands there once. */
  readonly from: string;
  readonly to: string;
}

/** The text of `file` with the bug in it. @throws when the code is no longer as the bug takes it to be */
export function withBug({ name, changes }: PlantedBug, file: string, text: string): string {
  return changes
    .filter((change) => change.file === file)
    .reduce((changed, { from, to }) => {
      const [before, after, ...more] = changed.split(from);
      if (before === undefined || after === undefined || more.length > 0) {
        const found = after === undefined ? 'not found' : `found ${more.length + 1} times`;
        throw new Error(`the bug ${name} cannot be put back: ${found} in ${file}: ${from}`);
      }
      return before + to + after;
    }, text);
}
