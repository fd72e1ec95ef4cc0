import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../store.ts';
import { type Link, openLink } from './link.ts';
import { type MovedClock, openMovedClock } from './moved.ts';

/** What lies between the processes and everything else, and the clocks they read. */
export interface Network extends AsyncDisposable {
  readonly links: readonly Link[];
  /** One machine's, or one for each process. */
  readonly clocks: readonly MovedClock[];
  /** The same address, by a link of its own. */
  through(url: string): Promise<string>;
  /** What the process at this place gets. */
  env(place: number): Readonly<Record<string, string>>;
  /** All is well again. */
  heal(): Promise<void>;
}

/** More than there are processes; on SQLite they share one machine. */
const MACHINES = { sqlite: 1, postgres: 8 } as const;

/** Some processes reach a server's database by one link, some by the other. */
const DATABASE_LINKS = 2;

export async function openNetwork(store: Store): Promise<Network> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-clocks-'));
  const clocks = Array.from({ length: MACHINES[store.kind] }, (_, n) => openMovedClock(join(folder, String(n))));
  const links: Link[] = [];
  async function through(url: string): Promise<string> {
    const { port } = new URL(url);
    const link = await openLink(Number(port));
    links.push(link);
    return url.replace(`:${port}`, `:${link.port}`);
  }
  const database = store.env['DATABASE_URL'];
  const ways: string[] = [];
  if (database !== undefined) for (let n = 0; n < DATABASE_LINKS; n++) ways.push(await through(database));
  const heal = async () => {
    for (const clock of clocks) clock.set(0);
    await Promise.all(links.map((link) => link.turn('pass')));
  };
  return {
    links,
    clocks,
    through,
    env(place) {
      const way = ways[place % DATABASE_LINKS];
      return { ...store.env, ...(way !== undefined && { DATABASE_URL: way }), ...clocks[place % clocks.length]?.env };
    },
    heal,
    async [Symbol.asyncDispose]() {
      await Promise.all(links.map((link) => link[Symbol.asyncDispose]()));
      for (const clock of clocks) clock[Symbol.dispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
