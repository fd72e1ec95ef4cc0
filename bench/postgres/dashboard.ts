import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageTimes } from '../dashboard/pages.ts';
import { POSTGRES_TROUBLE } from '../dashboard/trouble.ts';
import { startTidings } from '../process.ts';
import { seedInto } from '../seed/seed-into.ts';
import type { PostgresScenario } from './scenario.ts';

const DAYS = 30;

/**
 * How long the dashboard's pages take over as many events as `--stored` says. `BENCH_POSTGRES=postgres://…`: over that database, as it is,
 * which then was seeded before.
 */
export const dashboard: PostgresScenario = async ({ stored, withDatabase }) => {
  const given = process.env['BENCH_POSTGRES'];
  if (given !== undefined) return times(given, 'as it is');
  return withDatabase(async ({ url, sql }) => {
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const overMs = DAYS * 86_400_000;
    await seedInto(url, { count: stored, from: 100_000_000, overMs, guids: 'v1', bodies: 'short', say });
    await sql(POSTGRES_TROUBLE);
    await sql('VACUUM (ANALYZE)');
    return times(url, `${stored} stored`);
  });
};

async function times(url: string, where: string) {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidings-bench-'));
  try {
    await using server = await startTidings('start', dataDir, { DATABASE_URL: url });
    return await pageTimes(server.url, where);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
