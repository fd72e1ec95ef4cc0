import { PollError } from '../../../model/polling.ts';
import { type Payload, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import type { Answered, Questions } from './poll-questions.ts';

const PAGE = 100;
const PAGES = 3;

/** GitHub's list of a repository's events, newest first, 300 at most. */
export interface ListedEvents {
  /** @throws PollError where there is no such repository, and as `Questions.get` does */
  page(number: number, etag: string | null): Promise<Answered>;
  /** From the first page on until one was seen before, or is too old. `overlaps`: none is missing in between. */
  until(
    first: Answered,
    known: { readonly seen: readonly string[]; readonly since: number },
  ): Promise<{ readonly events: readonly Payload[]; readonly overlaps: boolean }>;
}

export function listedEvents(questions: Questions, repo: string): ListedEvents {
  async function page(number: number, etag: string | null): Promise<Answered> {
    const answer = await questions.get(`/repos/${repo}/events?per_page=${PAGE}&page=${number}`, etag);
    if (answer !== null) return answer;
    throw new PollError(
      'not_found',
      `GitHub shows no repository ${repo} (404): it is misspelt, deleted, or private and not to be read with this GITHUB_TOKEN, or without one.`,
    );
  }
  return {
    page,
    async until(first, { seen, since }) {
      const known = new Set(seen);
      const events: Payload[] = [];
      for (let number = 1, answer = first; ; ) {
        const list = answer.kind === 'ok' ? eventsIn(answer.body) : [];
        events.push(...list);
        const overlaps = list.some((event) => known.has(idOf(event)) || createdAt(event) < since);
        const isLast = answer.kind !== 'ok' || !answer.hasNext;
        if (overlaps || isLast || number === PAGES) return { events, overlaps: overlaps || (isLast && number < PAGES) };
        answer = await page(++number, null);
      }
    },
  };
}

export function eventsIn(body: unknown): readonly Payload[] {
  return Array.isArray(body) ? (body as readonly Payload[]) : [];
}

export function idOf(event: Payload): string {
  return textOrNull(event, 'id') ?? '';
}

/** 0 where it does not say. */
export function createdAt(event: Payload): number {
  return timeOrNull(event, 'created_at') ?? 0;
}

/** Oldest first; ids grow within one second. */
export function byTime(a: Payload, b: Payload): number {
  const earlier = createdAt(a) - createdAt(b);
  return earlier !== 0 ? earlier : Number(idOf(a)) - Number(idOf(b));
}
