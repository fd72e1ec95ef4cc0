import type { Steps } from '../../model/rule.ts';
import { FREE_LEARNING, finder, type Matcher } from './matcher.ts';
import { sizeOf } from './program.ts';
import { parseRegex } from './regex.ts';

/** So many of the patterns are kept that are made up while an event is decided. */
const KEPT = 20;

/** What reading one of those costs: a character of it, and an instruction that it becomes. */
const READ = 10_000;
const WRITE = 100;

/** The regular expressions of one condition. */
export class Patterns {
  readonly #written: ReadonlyMap<string, Matcher>;
  readonly #madeUp = new Map<string, Matcher>();

  /** `written`: those that stand in the condition. Throws PatternError. */
  constructor(written: readonly string[] = []) {
    this.#written = new Map(written.map((pattern) => [pattern, finder(parseRegex(pattern), FREE_LEARNING)]));
  }

  /** Throws PatternError and TooManySteps. */
  matches(text: string, pattern: string, steps: Steps): boolean {
    const known = this.#written.get(pattern) ?? this.#madeUp.get(pattern);
    return (known ?? this.#read(pattern, steps)).matches(text, steps);
  }

  #read(pattern: string, steps: Steps): Matcher {
    steps.take(READ * pattern.length);
    const tree = parseRegex(pattern);
    steps.take(WRITE * sizeOf(tree));
    if (this.#madeUp.size >= KEPT) this.#madeUp.clear();
    const matcher = finder(tree, 0);
    this.#madeUp.set(pattern, matcher);
    return matcher;
  }
}
