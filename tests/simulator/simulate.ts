import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { archiveOps } from '../../src/inbox/sqlite/archive/archive.ts';
import { openDatabase } from '../../src/inbox/sqlite/file/open-database.ts';
import { fitSchema } from '../../src/inbox/sqlite/thread/writer.ts';
import type { Simulated, Verdict } from './types.ts';
import { happeningOf } from './world/plan.ts';
import { SOURCE, World } from './world/world.ts';

/** In memory, where the system has such a place. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder with an empty database, which each run copies. Making its tables takes longer than many a run. */
export class Simulator implements Disposable {
  readonly #folder = mkdtempSync(join(PLACE, 'tidings-simulator-'));
  readonly #template = join(this.#folder, 'template.db');

  static async open(): Promise<Simulator> {
    const simulator = new Simulator();
    const options = { path: simulator.#template, access: 'create', busyTimeoutMs: 0, role: 'writer' } as const;
    const db = openDatabase(options);
    fitSchema(db, options);
    db.close();
    // What loads when it is first needed would be a wake-up that only the first run has.
    await SOURCE.normalise(PING);
    return simulator;
  }

  async simulate(simulated: Simulated): Promise<Verdict> {
    const path = join(this.#folder, 'tidings.db');
    copyFileSync(this.#template, path);
    const world = new World(simulated, path);
    const uncaught = (error: unknown) =>
      world.oracle.broken('bugs', `a promise was rejected that nobody heard: ${inspect(error)}`);
    process.on('unhandledRejection', uncaught);
    try {
      await world.run();
      world.close();
      this.#lookBack(world, path);
    } finally {
      process.off('unhandledRejection', uncaught);
      world.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    }
    return verdictOf(simulated, world);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #lookBack(world: World, path: string): void {
    const db = openDatabase({ path, access: 'write', busyTimeoutMs: 0 });
    try {
      const { show } = archiveOps(db);
      world.oracle.atTheEnd((id) => show(id)?.body ?? (show(id) === null ? undefined : null));
    } finally {
      db.close();
    }
  }
}

const PING = {
  id: 1,
  origin: 'webhook',
  source: 'github',
  deliveryId: '1',
  guid: '1',
  type: 'ping',
  headers: {},
  body: Buffer.from('{}'),
  receivedAt: 0,
  storedAt: 0,
  replays: 0,
  settled: null,
} as const;

function verdictOf({ seed }: Simulated, { oracle, story, scheduler, plan }: World): Verdict {
  const { violations } = oracle;
  return {
    seed,
    ok: violations.length === 0,
    violations,
    story,
    digest: scheduler.digest(),
    happenings: plan.happenings.map((each) => happeningOf(each, plan)),
    wakeUps: scheduler.wakeUps,
    lasted: Math.round(scheduler.now),
  };
}
