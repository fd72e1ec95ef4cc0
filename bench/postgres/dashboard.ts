import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageTimes } from '../dashboard/pages.ts';
import { startTidings } from '../process.ts';
import { seedInto } from '../seed/seed-into.ts';
import type { PostgresScenario } from './scenario.ts';

/** How long the dashboard's pages take over as many events as `--stored` says. */
export const dashboard: PostgresScenario = ({ stored, withDatabase }) =>
  withDatabase(async ({ url, sql }) => {
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    await seedInto(url, {
      count: stored,
      from: 100_000_000,
      overMs: 30 * 86_400_000,
      guids: 'v1',
      bodies: 'short',
      say,
    });
    await sql('VACUUM (ANALYZE)');
    const dataDir = mkdtempSync(join(tmpdir(), 'tidings-bench-'));
    try {
      await using server = await startTidings('start', dataDir, { DATABASE_URL: url });
      return await pageTimes(server.url, `${stored} stored`);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
