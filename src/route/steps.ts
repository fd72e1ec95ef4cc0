import type { Steps } from '../model/rule.ts';

/**
 * What deciding about one event may cost over all rules. A step is one character of a text against one list of patterns, some
 * 3 ns: so these are at most 50 ms on the thread that also answers webhooks. 100 ordinary rules take 20,000. Counted, not timed:
 * a busy machine decides as a quiet one does.
 */
export const STEPS_PER_EVENT = 8_000_000;

/** Passes through everything that is asked; the router says which rule it was. */
export class TooManySteps extends Error {
  override readonly name = 'TooManySteps';
}

export class StepBudget implements Steps {
  #taken = 0;
  readonly #limit: number;

  constructor(limit = STEPS_PER_EVENT) {
    this.#limit = limit;
  }

  get limit(): number {
    return this.#limit;
  }

  get taken(): number {
    return this.#taken;
  }

  take(count: number): void {
    this.#taken += count;
    if (this.#taken > this.#limit) throw new TooManySteps('no steps are left');
  }
}

/** Which rule took most of a budget. */
export class StepCount {
  readonly #budget: StepBudget;
  #largest = { rule: '', taken: -1 };

  constructor(budget: StepBudget) {
    this.#budget = budget;
  }

  /** What `ask` answers. When no steps are left, the error names the rule that took most. */
  of<T>(rule: string, ask: () => T): T {
    const before = this.#budget.taken;
    try {
      return ask();
    } catch (error) {
      throw error instanceof TooManySteps ? new TooManySteps(this.#words(this.#with(rule, before))) : error;
    } finally {
      this.#largest = this.#with(rule, before);
    }
  }

  #with(rule: string, before: number) {
    const taken = this.#budget.taken - before;
    return taken > this.#largest.taken ? { rule, taken } : this.#largest;
  }

  #words({ rule, taken }: { readonly rule: string; readonly taken: number }): string {
    const share = Math.min(100, Math.round((100 * taken) / this.#budget.limit));
    return `asking the rules takes too long: rule "${rule}" takes ${share} % of what all of them may. Let its patterns or its if: ask less, then replay the event`;
  }
}
