import type { Scenario, ScenarioContext } from '../scenario.ts';
import { postgresOf } from '../store.ts';

interface Backend {
  readonly pid: number;
}

const OTHERS = `SELECT pid FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY pid`;

export const backends: Scenario = {
  name: 'backends',
  title: 'pg_terminate_backend for three random connections five times a second',
  toldTwice: 'in doubt',
  paced: true,
  ownServer: true,
  async run(context) {
    let terminated = 0;
    await context.every(200, async () => {
      terminated += await terminateBackends(context, 3);
    });
    return `${terminated} terminated`;
  },
};

/** Up to `count` connections of random processes; resolves with how many. None where the server is away. */
export async function terminateBackends({ store, pick }: ScenarioContext, count: number): Promise<number> {
  const client = await postgresOf(store).connect();
  if (client === undefined) return 0;
  try {
    const { rows } = await client.query<Backend>(OTHERS);
    const victims = rows.length === 0 ? [] : Array.from({ length: count }, () => pick(rows).pid);
    await client.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [victims]);
    return new Set(victims).size;
  } catch {
    // Stopped meanwhile.
    return 0;
  } finally {
    await client.end().catch(() => undefined);
  }
}
