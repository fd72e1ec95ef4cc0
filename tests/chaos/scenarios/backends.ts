import type { Scenario } from '../scenario.ts';
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
  async run({ store, every, pick }) {
    const client = await postgresOf(store).connect();
    if (client === undefined) throw new Error('no connection to terminate others from');
    let terminated = 0;
    await every(200, async () => {
      const { rows } = await client.query<Backend>(OTHERS);
      const victims = rows.length === 0 ? [] : [pick(rows), pick(rows), pick(rows)].map(({ pid }) => pid);
      await client.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [victims]);
      terminated += new Set(victims).size;
    });
    await client.end();
    return `${terminated} terminated`;
  },
};
