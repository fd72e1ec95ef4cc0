import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSlackDouble } from '../../tests/doubles/slack-double.ts';
import { freshRequests } from '../deliveries.ts';
import { assertAll200, openLoop } from '../load.ts';
import type { Scenario } from '../measure.ts';
import { startTidings } from '../process.ts';
import { median, percentile } from '../stats.ts';

const RATE = 500;
const SECONDS = 8;

/** How long a sender waits at a steady 500 requests a second, while the worker in the same process tells them all. */
export const acknowledge: Scenario = async ({ inDataDir, rounds, isFull }) => {
  const p50s: number[] = [];
  const p99s: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await inDataDir(async (dataDir) => {
      await using slack = await startSlackDouble();
      await using server = await startTidings('start', dataDir, { SLACK_WEBHOOK_URL: slack.webhookUrl() });
      assertAll200(await openLoop(server.port, freshRequests(RATE, 'issues.opened'), RATE));
      const result = await openLoop(server.port, freshRequests(RATE * SECONDS, 'issues.opened'), RATE);
      assertAll200(result);
      p50s.push(percentile(result.latenciesMs, 0.5));
      p99s.push(percentile(result.latenciesMs, 0.99));
    });
  }
  return [
    { name: 'acknowledgement at 500/s while the worker drains, p50', value: median(p50s), unit: 'ms' },
    {
      name: 'acknowledgement at 500/s while the worker drains, p99',
      value: median(p99s),
      unit: 'ms',
      bar: { atMost: isFull ? 30 : 25 },
    },
  ];
};

/** A configuration whose Slack destination has no pace: to measure our own time, not Slack's. */
export function unpacedSlack(dataDir: string, url: string): Record<string, string> {
  const file = join(dataDir, 'bench.yaml');
  writeFileSync(file, `destinations:\n  slack: { type: slack, webhook_url: "${url}", per_second: 0 }\n`);
  return { TIDINGS_CONFIG: file };
}
