import { startSlackDouble } from '../../tests/doubles/slack-double.ts';
import { body, requestBytes } from '../deliveries.ts';
import { assertAll200, openLoop } from '../load.ts';
import type { Scenario } from '../measure.ts';
import { startTidings } from '../process.ts';
import { median, percentile } from '../stats.ts';
import { unpacedSlack } from './acknowledge.ts';

const RATE = 50;
const SECONDS = 10;
const WARM_UP_SECONDS = 2;

let next = 5_000_000;

/** From the moment GitHub's request is written to the moment the Slack request has arrived. */
export const told: Scenario = async ({ inDataDir, rounds }) => {
  const p50s: number[] = [];
  const p99s: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await inDataDir(async (dataDir) => {
      await using slack = await startSlackDouble({ enforceRate: false });
      await using server = await startTidings('start', dataDir, unpacedSlack(dataDir, slack.webhookUrl()));
      const count = RATE * (SECONDS + WARM_UP_SECONDS);
      const requests = Array.from({ length: count }, () =>
        requestBytes('/webhooks/github', 'issues', body('issues.opened', next++)),
      );
      const started = performance.timeOrigin + performance.now();
      assertAll200(await openLoop(server.port, requests, RATE));
      // More than one waiting may be told in one digest: what counts is when each event's own message, or its digest, came.
      const messages = await slack.waitFor((seen) => toldCount(seen) >= count);
      const delays: number[] = [];
      for (const message of messages) {
        for (let n = 0; n < sizeOf(message.text); n++) {
          const due = started + (delays.length / RATE) * 1000;
          delays.push(message.at - due);
        }
      }
      const measured = delays.slice(RATE * WARM_UP_SECONDS);
      p50s.push(percentile(measured, 0.5));
      p99s.push(percentile(measured, 0.99));
    });
  }
  return [
    { name: 'event received → Slack request at 50/s, p50', value: median(p50s), unit: 'ms', bar: { atMost: 4 } },
    { name: 'event received → Slack request at 50/s, p99', value: median(p99s), unit: 'ms', bar: { atMost: 20 } },
  ];
};

function toldCount(messages: readonly { readonly text: string }[]): number {
  return messages.reduce((sum, { text }) => sum + sizeOf(text), 0);
}

/** A digest's text starts with how many it tells. */
function sizeOf(text: string): number {
  const count = /^([\d,]+) /.exec(text)?.[1];
  return count === undefined ? 1 : Number(count.replaceAll(',', ''));
}
