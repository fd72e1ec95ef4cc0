import type { Message } from '../../../src/model/destination.ts';
import type { CheckName, Violation } from '../types.ts';
import type { Change } from '../world/disk.ts';
import type { Host } from '../world/host.ts';
import type { Content } from '../world/payloads.ts';
import type { PlaceTerms } from '../world/place.ts';
import type { Home, Scheduler } from '../world/scheduler.ts';
import type { Asked } from '../world/sim-thread.ts';
import { Arrivals } from './arrivals.ts';
import { CommitChecks } from './commits.ts';
import { type EventEntry, Ledger } from './ledger.ts';
import { Verdicts } from './verdicts.ts';

/** What was said yes to. */
interface Acknowledged {
  readonly id: number;
  readonly no: number;
  readonly content: Content;
}

interface OracleWorld {
  readonly scheduler: Scheduler;
  readonly host: Host;
  readonly unchecked: ReadonlySet<CheckName>;
  readonly keptMs: number | null;
  tell(line: string): void;
}

/** Knows what was promised, and hears all that happens. */
export class Oracle {
  readonly ledger = new Ledger();
  readonly #verdicts: Verdicts;
  readonly #commits: CommitChecks;
  readonly #arrivals: Arrivals;
  readonly #acknowledged: Acknowledged[] = [];
  readonly #contents = new Map<string, { readonly no: number; readonly content: Content }>();
  readonly #keptMs: number | null;
  readonly #wall: () => number;

  constructor({ scheduler, host, unchecked, keptMs, tell }: OracleWorld) {
    const now = () => scheduler.now;
    const wall = () => host.wall();
    const wasSet = (ms: number) => host.steps.some(({ at, ms: by }) => scheduler.now - at < ms + Math.abs(by));
    this.#verdicts = new Verdicts(unchecked, tell);
    this.#keptMs = keptMs;
    this.#wall = wall;
    this.#commits = new CommitChecks(this.ledger, this.#verdicts, { now, wall, wasSet, keptMs });
    this.#arrivals = new Arrivals(this.ledger, this.#verdicts, { now, wall, wasSet });
  }

  get violations(): readonly Violation[] {
    return this.#verdicts.list;
  }

  broken(check: CheckName, says: string): void {
    this.#verdicts.broken(check, says);
  }

  /** A delivery is on its way. */
  sent(guid: string, no: number, content: Content): void {
    this.#contents.set(guid, { no, content });
  }

  acknowledged(guid: string, id: number, status: string): void {
    const sent = this.#contents.get(guid);
    const event = this.ledger.events.get(id);
    if (sent === undefined) return;
    if (event?.guid !== guid) {
      this.broken(
        'lost',
        `delivery ${sent.no} was acknowledged (${status}) as event ${id}, which is ${event?.guid ?? 'not stored'}`,
      );
    }
    this.#acknowledged.push({ id, ...sent });
  }

  committed(asked: Asked, changes: readonly Change[]): void {
    this.#commits.check(asked, changes);
  }

  departed(place: PlaceTerms, message: Message, home: Home, owner: string): void {
    this.#arrivals.departed(place, message, home, owner);
  }

  arrived(place: PlaceTerms, message: Message): void {
    this.#arrivals.arrived(place, message);
  }

  /** `bodyOf`: as it is stored. Undefined: it is not, null: its body is gone. */
  atTheEnd(bodyOf: (id: number) => Buffer | null | undefined): void {
    this.#keptBytes(bodyOf);
    this.#allDecided();
    this.#allEnded();
    this.#allPutToSomebody();
    this.#toldOnce();
    this.#oneMessageEach();
    this.#results();
  }

  #keptBytes(bodyOf: (id: number) => Buffer | null | undefined): void {
    for (const { id, no, content } of this.#acknowledged) {
      const body = bodyOf(id);
      if (body === undefined && this.#keptMs === null)
        this.broken('lost', `delivery ${no} was acknowledged as event ${id}, which is gone`);
      else if (body === null && this.#keptMs === null)
        this.broken('retention', `the body of event ${id} is gone, and nothing may go`);
      else if (body && !body.equals(content.body))
        this.broken('lost', `the body of event ${id} is not what delivery ${no} brought`);
    }
  }

  #allDecided(): void {
    for (const { id, state } of this.ledger.events.values()) {
      if (state === 'pending')
        this.broken('lost', `event ${id} is still pending, long after everything was well again`);
    }
    for (const { id, eventId, destination, state } of this.ledger.notifications.values()) {
      if (state !== 'queued') continue;
      // After a failure a lane pauses an hour at most, and a clock that was set may make it that.
      const lane = this.ledger.lanes.get(destination);
      if (lane !== undefined && lane.failures > 0 && lane.notBefore > this.#wall()) continue;
      this.broken(
        'lost',
        `notification ${id} of event ${eventId} still waits for ${destination}, long after everything was well again`,
      );
    }
  }

  #allEnded(): void {
    for (const { id, lane, outcome, epoch } of this.ledger.attempts.values()) {
      if (outcome === 'begun') this.broken('states', `attempt ${id} to ${lane} (epoch ${epoch}) never ended`);
    }
  }

  /** What rules ask for is put to the destinations, in whichever of its deliveries. */
  #allPutToSomebody(): void {
    const put = new Set<number>();
    for (const { eventId } of this.ledger.notifications.values()) {
      const event = this.ledger.events.get(eventId);
      const sent = event && this.#contents.get(event.guid);
      if (sent !== undefined) put.add(sent.no);
    }
    for (const { id, no, content } of this.#acknowledged) {
      if (!content.isWanted || put.has(no)) continue;
      const state = this.ledger.events.get(id)?.state ?? 'gone';
      this.broken(
        'lost',
        `delivery ${no} was acknowledged as event ${id}, which is ${state}, and nobody was to be told of it`,
      );
    }
  }

  #toldOnce(): void {
    const unknowns = this.ledger.unknowns();
    for (const { id, eventId, destination, arrivals } of this.ledger.notifications.values()) {
      const excused = 1 + (unknowns.get(id) ?? 0);
      if (arrivals > excused) {
        this.broken(
          'twice',
          `${destination} was told event ${eventId} (notification ${id}) ${arrivals} times, with ${excused - 1} attempts that ended unknown`,
        );
      }
    }
  }

  /** One happening, one message for each destination, whatever it came as. */
  #oneMessageEach(): void {
    const told = new Map<string, number>();
    for (const { entry } of this.#arrivals.firsts) {
      const event = this.ledger.events.get(entry.eventId);
      const sent = event && this.#contents.get(event.guid);
      if (event === undefined || sent === undefined || entry.isReplay || event.wasReplayed) continue;
      const key = `${entry.destination} ${sent.no}`;
      const before = told.get(key);
      const isExcused = this.#keptMs !== null;
      if (before !== undefined && before !== entry.id && !isExcused) {
        this.broken(
          'dedup',
          `${entry.destination} was told delivery ${sent.no} as notification ${before} and as ${entry.id}`,
        );
      }
      told.set(key, entry.id);
    }
  }

  /** Each result is compared with the one of another run right before it. */
  #results(): void {
    const runs = [...this.ledger.events.values()].flatMap((event) => {
      const sent = this.#contents.get(event.guid);
      const result = sent?.content.type === 'workflow_run' ? sent.content.result : null;
      return sent && result ? [{ event, no: sent.no, ...result }] : [];
    });
    for (const { entry, transition } of this.#arrivals.firsts) {
      const run = runs.find(({ event }) => event.id === entry.eventId);
      if (run === undefined) continue;
      const others = runs.filter(
        ({ event, no, branch }) => event.id < run.event.id && no !== run.no && branch === run.branch,
      );
      const possible = before(others).map((passed) => moved(passed, run.passed));
      if (transition === null || !possible.includes(transition)) {
        const told = others.map(({ event, passed }) => `${event.id} ${passed ? 'passed' : 'failed'}`).join(', ');
        this.broken('results', `event ${run.event.id} was told as ${transition}; before it: ${told || 'none'}`);
      }
    }
  }
}

interface Run {
  readonly event: EventEntry;
  readonly passed: boolean;
}

/**
 * What may have been the result before: the last one that counted from the start to the end. One behind it that failed, or was replayed or
 * released, may have counted when it was asked for. What is kept back never does.
 */
function before(runs: readonly Run[]): readonly boolean[] {
  const others = runs.filter(({ event }) => event.state !== 'quarantined' || event.wasReplayed);
  const counted = ({ event }: Run) => (event.state === 'routed' || event.state === 'skipped') && !event.wasReplayed;
  const last = others.findLastIndex(counted);
  return [others[last]?.passed ?? true, ...others.slice(last + 1).map(({ passed }) => passed)];
}

function moved(before: boolean, now: boolean): string {
  if (now) return before ? 'still_passing' : 'fixed';
  return before ? 'broke' : 'still_broken';
}
