import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Member } from '../fleet.ts';
import type { PostgresServer, Shutdown } from '../postgres-server.ts';
import type { Scenario, ScenarioContext } from '../scenario.ts';
import type { Network } from '../soak/network.ts';
import { type Disturbance, scheduleOf } from '../soak/schedule.ts';
import { postgresOf } from '../store.ts';
import { terminateBackends } from './backends.ts';
import { limitFiles } from './full-disk.ts';

/** All of it at once, and more: by the schedule that the seed makes. */
export const soak: Scenario = {
  name: 'soak',
  title: 'kills, freezes, full disks, moved clocks and a network that is cut, by a schedule',
  toldTwice: 'in doubt',
  paced: true,
  pauseMs: 250,
  networked: true,
  async run(context) {
    const { terms, store, network, fleet } = context;
    if (network === null) throw new Error('a soak needs a network to cut');
    const scene: Scene = { ...context, network, inHand: new Set<Member>(), server: Promise.resolve() };
    const counts = new Map<string, number>();
    const running: Promise<void>[] = [];
    const began = performance.now();
    for (const each of scheduleOf(store.kind, terms.seed, terms.chaosMs)) {
      await setTimeout(Math.max(0, began + each.atMs - performance.now()));
      const name = each.kind === 'cut' ? `network ${each.how}` : each.kind;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      const failed = (error: unknown) => void fleet.faults.push(`${name} could not be done: ${String(error)}`);
      running.push(disturb(scene, each).catch(failed));
    }
    await Promise.all(running);
    await network.heal();
    const words = [...counts].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, times]) => `${times} × ${name}`);
    return `${words.join(', ')}; ${fleet.refusedStarts} starts refused and made again`;
  },
};

interface Scene extends ScenarioContext {
  readonly network: Network;
  /** Frozen, or being started anew: left alone by what needs a process that answers. */
  readonly inHand: Set<Member>;
  /** One stop of the server after the other. */
  server: Promise<void>;
}

async function disturb(scene: Scene, what: Disturbance): Promise<void> {
  const { fleet, network, store } = scene;
  switch (what.kind) {
    case 'kill':
      return withMember(scene, what.slot, (member) => fleet.kill(member));
    case 'restart':
      return withMember(scene, what.slot, (member) => fleet.restart(member));
    case 'freeze':
      return withMember(scene, what.slot, ({ process }) => freeze(process.child, what.forMs));
    case 'full disk':
      limitFiles(scene, `${walSize(store.dataDir)}:unlimited`);
      await setTimeout(what.forMs);
      return limitFiles(scene, 'unlimited:unlimited');
    case 'clock':
      return network.clocks[what.slot % network.clocks.length]?.set(what.byMs);
    case 'cut': {
      const link = network.links[what.link % network.links.length];
      await link?.turn(what.how);
      await setTimeout(what.forMs);
      return link?.turn('pass');
    }
    case 'server': {
      scene.server = scene.server.then(() => restartServer(postgresOf(store), what.how, what.awayMs));
      return scene.server;
    }
    case 'backends':
      return void (await terminateBackends(scene, what.count));
  }
}

async function restartServer(server: PostgresServer, how: Shutdown, awayMs: number): Promise<void> {
  await server.stop(how);
  await setTimeout(awayMs);
  await server.start();
}

/** The last to stop takes the file away. */
function walSize(dataDir: string): number {
  return statSync(join(dataDir, 'tidings.db-wal'), { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * The first from `slot` on that works and that nothing else is done to. None: nothing is done. A machine that is slow to start
 * processes would have none left that works.
 */
async function withMember(
  { fleet, inHand }: Scene,
  slot: number,
  work: (member: Member) => Promise<void>,
): Promise<void> {
  const all = [...fleet.receivers, ...fleet.workers];
  const free = [...all.slice(slot % all.length), ...all.slice(0, slot % all.length)].find(
    (each) => each.works && !inHand.has(each),
  );
  if (free === undefined) return;
  inHand.add(free);
  await work(free).finally(() => inHand.delete(free));
}

async function freeze(child: Member['process']['child'], forMs: number): Promise<void> {
  child.kill('SIGSTOP');
  await setTimeout(forMs);
  child.kill('SIGCONT');
}
