import { createHash } from 'node:crypto';
import { isoOrNull } from '../../shared/time-words.ts';
import { PROBLEM_KINDS, type Problem } from '../api/answers/problems.ts';

type Said = Pick<Problem, 'kind' | 'title' | 'says' | 'fix' | 'count'>;
type Perhaps = Pick<Problem, 'command' | 'destination' | 'cause' | 'is_more' | 'event_ids' | 'retry' | 'can_dismiss'>;

/** A problem, without whatever there is nothing to say of. */
export interface ProblemFields extends Said, Partial<Perhaps> {
  /** What makes it the same one as before, beside its kind. */
  readonly key: readonly string[];
  /** ms since 1970 */
  readonly firstAt?: number | null;
  readonly lastAt?: number | null;
}

export function problem({ key, firstAt = null, lastAt = null, ...fields }: ProblemFields): Problem {
  const { kind, title, says, fix, count } = fields;
  const hash = createHash('sha256')
    .update(JSON.stringify([kind, ...key]))
    .digest('hex');
  return {
    id: `${kind}-${hash.slice(0, 16)}`,
    kind,
    title,
    says,
    fix,
    command: fields.command ?? null,
    destination: fields.destination ?? null,
    cause: fields.cause ?? null,
    count,
    is_more: fields.is_more ?? false,
    first_at: isoOrNull(firstAt),
    last_at: isoOrNull(lastAt),
    event_ids: fields.event_ids ?? [],
    retry: fields.retry ?? null,
    can_dismiss: fields.can_dismiss ?? false,
  };
}

/** Nobody is told at all; some are not; something is not as it should be, and everybody is told all the same. */
const RANK: Readonly<Record<Problem['kind'], number>> = {
  worker: 0,
  broken: 1,
  dead: 2,
  failed: 3,
  hook: 4,
  rules: 5,
  unknown: 6,
  quarantined: 7,
  secret: 8,
  retention: 9,
  held: 10,
} satisfies Record<(typeof PROBLEM_KINDS)[number], number>;

export function worstFirst(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => RANK[a.kind] - RANK[b.kind] || b.count - a.count || (a.title < b.title ? -1 : 1));
}
