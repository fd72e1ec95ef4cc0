import type { Secret } from '../../shared/secret.ts';

/** What is set in the environment. Blanks around a value do not count, and an empty one is not set. */
export interface Variables {
  text(name: string): string | null;
  /** What is no http address is told. */
  address(name: string): string | null;
  /** The same without a trailing slash, so that paths can be put behind it. */
  base(name: string): string | null;
  /** What stands in a header: what cannot is told, and is null. */
  token(name: string, problemOf?: (text: string) => string | undefined): Secret | null;
  /** Notes that the variable holds what it cannot: a predicate, and what to do. */
  tell(name: string, problem: string): void;
}
