import type { Fenced } from '../../model/inbox/lanes.ts';
import type { KeptEvent } from '../../model/inbox/upkeep.ts';
import { agesOf } from './ages.ts';
import { DUTY, StepSize } from './pace.ts';
import { count, saveNowAndThen, type Tools, unfenced } from './tools.ts';

/** Deletes events older than `term`, from where the walk left off, oldest first; but none with a body that is kept still. */
export async function deleteEvents(tools: Tools, term: number | null): Promise<void> {
  const { inbox, lease, pace, persist, keeper, now } = tools;
  if (term === null) return;
  const size = new StepSize();
  for (;;) {
    const walk = keeper.state.events;
    const events = await persist('looking for old events', () =>
      pace.step(() => inbox.keptEvents(walk.after, size.limit), undefined, Math.max(pace.duty, DUTY.reading)),
    );
    const ages = agesOf(
      events.map(({ receivedAt }) => receivedAt),
      walk.upTo,
      now,
    );
    const past = ages.findIndex((age) => age === null || age + term > now);
    const passed = past === -1 ? events : events.slice(0, past);
    const going = passed.filter(mayGo).map(({ id }) => id);
    if (going.length > 0) {
      const result = await persist('deleting events', () =>
        pace.step(
          () => inbox.deleteEvents(lease, going),
          (ms) => size.took(ms),
        ),
      );
      count(tools, 'events', unfenced(tools, result));
    }
    const last = passed.at(-1);
    const isNeeded = passed.some((event) => !mayGo(event));
    if (last !== undefined) {
      const back = walk.back ?? (isNeeded ? { after: walk.after, upTo: walk.upTo } : null);
      keeper.state = {
        ...keeper.state,
        events: { after: last.id, upTo: ages[passed.length - 1] ?? walk.upTo, back },
      };
    }
    if (past !== -1 || last === undefined) return;
    await saveNowAndThen(tools);
  }
}

function mayGo({ isNeeded, bytes }: KeptEvent): boolean {
  return !isNeeded && bytes === 0;
}

export async function deleteAttempts(tools: Tools, term: number | null): Promise<void> {
  const { inbox, lease, now } = tools;
  if (term === null) return;
  await untilNone(tools, 'attempts', (limit) => inbox.deleteAttempts(lease, now - term, limit));
}

export async function deleteLeftovers(tools: Tools, term: number | null): Promise<void> {
  const { inbox, lease, now } = tools;
  if (term === null) return;
  await untilNone(tools, 'leftovers', (limit) => inbox.deleteLeftovers(lease, now - term, limit));
}

async function untilNone(
  tools: Tools,
  kind: 'attempts' | 'leftovers',
  work: (limit: number) => Promise<number | Fenced>,
): Promise<void> {
  const { pace, persist } = tools;
  const size = new StepSize();
  for (;;) {
    const result = await persist(`deleting ${kind}`, () =>
      pace.step(
        () => work(size.limit),
        (ms) => size.took(ms),
      ),
    );
    const gone = unfenced(tools, result);
    count(tools, kind, gone);
    if (gone === 0) return;
  }
}
