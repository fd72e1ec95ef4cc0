import { setTimeout } from 'node:timers/promises';
import type { Archive } from '../../model/inbox/archive.ts';
import type { Cursors } from '../../model/inbox.ts';
import type { Clock } from '../../shared/clock.ts';
import { newGuid } from '../../shared/ids.ts';
import type { Logger } from '../../shared/log.ts';
import type { Selection } from '../api/answers/replays.ts';
import { isRunning, type ReplayRecord } from './replay-record.ts';
import { type ReplayStore, replayStore } from './replay-store.ts';
import { type Found, keyOf, replayStep, stepsOf } from './selection.ts';

const MOST_JOBS = 2;
/** Between two steps the store is others' for as long as a step took, and for no less than this. */
const REST_MS = 10;

export interface JobDeps {
  readonly archive: Pick<Archive, 'replay'> & Cursors;
  readonly clock: Clock;
  readonly log: Logger;
  /** Aborts when the server stops: then no step begins. */
  readonly closing?: AbortSignal | undefined;
}

export type Begun =
  | { readonly kind: 'begun'; readonly record: ReplayRecord }
  /** The same selection is being replayed. */
  | { readonly kind: 'same'; readonly record: ReplayRecord }
  | { readonly kind: 'busy' };

/** Replays of many events, in steps, beside the work: any process on the store sees them, and may cancel them. */
export interface ReplayJobs {
  begin(selection: Selection, found: Found, by: string): Promise<Begun>;
  read(id: string): Promise<ReplayRecord | null>;
  /** Resolves when it has ended, where it runs here. Null: there is none of that id. */
  cancel(id: string, who: string): Promise<{ readonly record: ReplayRecord; readonly asked: boolean } | null>;
}

interface Job {
  cancelledBy: string | null;
  readonly ended: Promise<void>;
}

export function createReplayJobs(deps: JobDeps): ReplayJobs {
  const { archive, clock } = deps;
  const store = replayStore(archive);
  const here = new Map<string, Job>();
  let turn: Promise<unknown> = Promise.resolve();

  async function begin(selection: Selection, found: Found, by: string): Promise<Begun> {
    const now = clock.now();
    const record = beginning(selection, found, by, now);
    const other = await listedBeside(record, now);
    if (other !== null) return other;
    const job: { -readonly [K in keyof Job]: Job[K] } = { cancelledBy: null, ended: Promise.resolve() };
    here.set(record.id, job);
    job.ended = run(deps, store, record, found, job).finally(() => here.delete(record.id));
    return { kind: 'begun', record };
  }

  /** Of two that begin at once, in whatever processes, one is listed first, and the other sees it. Null: it is listed. */
  async function listedBeside(record: ReplayRecord, now: number): Promise<Begun | null> {
    for (;;) {
      const listed = await store.listed(now);
      const same = listed.running.find((each) => each.key === record.key);
      if (same !== undefined) return { kind: 'same', record: same };
      if (listed.running.length >= MOST_JOBS) return { kind: 'busy' };
      if (await store.add(record, listed, now)) return null;
    }
  }

  return {
    begin(selection, found, by) {
      const begun = turn.then(() => begin(selection, found, by));
      turn = begun.catch(() => undefined);
      return begun;
    },
    read: store.read,
    async cancel(id, who) {
      const record = await store.read(id);
      if (record === null) return null;
      if (!isRunning(record, clock.now())) return { record, asked: false };
      const job = here.get(id);
      if (job === undefined) await store.askToStop(id, who);
      else {
        job.cancelledBy ??= who;
        await job.ended;
      }
      return { record: (await store.read(id)) ?? record, asked: true };
    },
  };
}

function beginning(selection: Selection, found: Found, by: string, now: number): ReplayRecord {
  return {
    id: newGuid(),
    key: keyOf(selection),
    state: 'running',
    isOfMessages: found.messages !== null,
    total: found.ids.length,
    done: 0,
    replayed: 0,
    startedAt: now,
    beatAt: now,
    endedAt: null,
    by,
    why: null,
  };
}

/** Never rejects. */
async function run(deps: JobDeps, store: ReplayStore, first: ReplayRecord, found: Found, job: Job): Promise<void> {
  const { archive, clock, log } = deps;
  let record = first;
  try {
    for (const step of stepsOf(found.ids)) {
      job.cancelledBy ??= await store.askedToStop(record.id);
      if (job.cancelledBy !== null) break;
      if (deps.closing?.aborted === true) break;
      const began = clock.monotonic();
      const replayed = await replayStep(archive, step, found.messages);
      record = {
        ...record,
        done: record.done + step.length,
        replayed: record.replayed + replayed.length,
        beatAt: clock.now(),
      };
      await store.write(record);
      await setTimeout(Math.max(REST_MS, clock.monotonic() - began));
    }
    record = { ...record, state: endOf(record, job), why: job.cancelledBy, endedAt: clock.now() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warn({ err: error, replay: record.id }, `a replay ended early: ${why}`);
    record = { ...record, state: 'failed', why, endedAt: clock.now() };
  }
  // Safe to go on where that fails: a heart that beats no more says that it has stopped.
  await store.write(record).catch((error: unknown) => log.debug({ err: error }, 'the end of a replay was not kept'));
}

/** What ended it, where nothing failed. */
function endOf({ done, total }: ReplayRecord, { cancelledBy }: Job): ReplayRecord['state'] {
  if (done === total) return 'done';
  return cancelledBy === null ? 'stopped' : 'cancelled';
}
