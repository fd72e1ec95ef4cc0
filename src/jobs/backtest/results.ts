import type { EventId } from '../../model/event.ts';
import type { Backlog, ResultBefore } from '../../model/inbox/backlog.ts';
import { comparedWith, followed } from '../expand/compare-results.ts';
import type { ReadableEvent } from './readable-event.ts';

/** More keys than that are forgotten all at once, and asked for again: some 10 MB. */
const REMEMBERED = 50_000;

interface Last {
  readonly run: string;
  /** What comes before another run. */
  readonly result: ResultBefore;
  /** The last result of another run. Null: there is none. */
  readonly before: ResultBefore | null;
}

/**
 * Compares results with those before them, in the order of events. A key's first result is compared with what is stored of
 * earlier events; from then on nothing is asked.
 */
export class Results {
  readonly #stored: Pick<Backlog, 'resultsBefore'>;
  readonly #last = new Map<string, Last>();

  constructor(stored: Pick<Backlog, 'resultsBefore'>) {
    this.#stored = stored;
  }

  async compare(page: readonly ReadableEvent[]): Promise<readonly ReadableEvent[]> {
    const stored = await this.#ask(page);
    return page.map((event) => {
      const { result } = event.activity;
      if (result === null) return event;
      const last = this.#last.get(result.key);
      const before =
        last === undefined ? (stored.get(event.id) ?? null) : last.run === result.run ? last.before : last.result;
      const next = followed(last?.result ?? before, result.passed, event);
      this.#last.set(result.key, { run: result.run, result: next, before });
      return { ...event, ...comparedWith(before, event, event.activity) };
    });
  }

  /** One question for each key that is new, as a pass asks it: one may follow. */
  async #ask(page: readonly ReadableEvent[]): Promise<ReadonlyMap<EventId, ResultBefore | null>> {
    if (this.#last.size > REMEMBERED) this.#last.clear();
    const asked = new Set<string>();
    const questions = page.flatMap(({ id, activity: { result } }) => {
      if (result === null || this.#last.has(result.key) || asked.has(result.key)) return [];
      asked.add(result.key);
      return [{ key: result.key, run: result.run, eventId: id, passed: true }];
    });
    if (questions.length === 0) return new Map();
    const answers = await this.#stored.resultsBefore(questions);
    return new Map(questions.map(({ eventId }, index) => [eventId, answers[index] ?? null]));
  }
}
