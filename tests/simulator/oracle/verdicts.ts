import type { CheckName, Violation } from '../types.ts';

/** More of one kind say nothing new. */
const MOST = 20;

/** What was found wrong, by the checks that are made. */
export class Verdicts {
  readonly list: Violation[] = [];
  readonly #unchecked: ReadonlySet<CheckName>;
  readonly #tell: (line: string) => void;

  constructor(unchecked: ReadonlySet<CheckName>, tell: (line: string) => void) {
    this.#unchecked = unchecked;
    this.#tell = tell;
  }

  broken(check: CheckName, says: string): void {
    if (this.#unchecked.has(check) || this.list.length >= MOST) return;
    if (this.list.some((each) => each.check === check && each.says === says)) return;
    this.list.push({ check, says });
    this.#tell(`VIOLATION (${check}): ${says}`);
  }
}
