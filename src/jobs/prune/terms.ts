import type { KeptEvent } from '../../model/inbox/upkeep.ts';
import type { Terms } from '../../model/retention.ts';
import type { Steps } from '../../model/rule.ts';
import { GlobLists } from '../../route/glob-list.ts';

export interface BodyTerms {
  of(event: Pick<KeptEvent, 'source' | 'repo'>): number | null;
  /** All there are but `forever`, shortest first. */
  readonly finite: readonly number[];
}

export function termsOf({ bodies, exceptions, events, attempts, maxBytes }: Terms): Terms {
  return { bodies, exceptions, events, attempts, maxBytes };
}

/** Patterns were checked with the configuration, and read a text once, whatever it is. */
const FREE: Steps = { take: () => {} };

/** Of all repositories that come by, so many answers are kept. */
const REMEMBERED = 10_000;

export function bodyTerms({ bodies, exceptions }: Pick<Terms, 'bodies' | 'exceptions'>): BodyTerms {
  const globs = new GlobLists();
  const asked = exceptions.map(({ source, repo, bodies: term }) => ({
    source,
    matches: repo === null ? null : globs.compile([repo], { ignoreCase: true }),
    term,
  }));
  const known = new Map<string, number | null>();

  function answer({ source, repo }: Pick<KeptEvent, 'source' | 'repo'>): number | null {
    const first = asked.find(
      (each) =>
        (each.source === null || each.source === source) &&
        (each.matches === null || (repo !== null && each.matches(repo, FREE))),
    );
    return first === undefined ? bodies : first.term;
  }

  return {
    of(event) {
      if (asked.length === 0) return bodies;
      const key = JSON.stringify([event.source, event.repo]);
      const before = known.get(key);
      if (before !== undefined) return before;
      if (known.size >= REMEMBERED) known.clear();
      const term = answer(event);
      known.set(key, term);
      return term;
    },
    finite: finiteOf([bodies, ...exceptions.map(({ bodies: term }) => term)]),
  };
}

/** What goes by neither of two settings is kept. */
export function laterOf(one: BodyTerms, other: BodyTerms): BodyTerms {
  return {
    of: (event) => longer(one.of(event), other.of(event)),
    finite: finiteOf([...one.finite, ...other.finite]),
  };
}

export function longer(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other);
}

/** Whether something goes by `after` that by `before` stayed. What exceptions say is not compared: another list may. */
export function isShorter(after: Terms, before: Terms): boolean {
  const shorter = (one: number | null, other: number | null) => one !== null && (other === null || one < other);
  return (
    shorter(after.bodies, before.bodies) ||
    shorter(after.events, before.events) ||
    shorter(after.attempts, before.attempts) ||
    shorter(after.maxBytes, before.maxBytes) ||
    JSON.stringify(after.exceptions) !== JSON.stringify(before.exceptions)
  );
}

function finiteOf(terms: readonly (number | null)[]): readonly number[] {
  return [...new Set(terms.filter((term) => term !== null))].toSorted((a, b) => a - b);
}
