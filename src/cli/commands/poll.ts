import { PollError, type PollReport, type WayFigures } from '../../model/polling.ts';
import { span } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { parseSince } from '../since.ts';
import { table } from '../table.ts';

export interface PollOptions {
  readonly interval: number;
  readonly since?: string;
  readonly once?: true;
  readonly report?: true;
  readonly json?: true;
}

const EXITS = { not_found: EXIT.notFound, refused: EXIT.failed, unreachable: EXIT.unreachable } as const;
const REPORT_EVERY_MS = 10 * 60_000;

/** Asks GitHub instead of being called, and tells what it finds, until told to stop. */
export async function poll(context: Context, repo: string, options: PollOptions): Promise<void> {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repo)) {
    throw new CliError(EXIT.usage, `"${repo}" is not a repository, such as acme/api.`);
  }
  const tell = (report: PollReport) => print(context, report, options.json === true);
  const now = context.app.clock.now();
  const app = await context.app.load({ readOnly: true, purpose: 'work' });
  const report = await app
    .poll(
      {
        repo,
        intervalMs: options.interval * 1000,
        since: options.since === undefined ? null : parseSince(options.since, now),
        once: options.once === true,
        report: options.report ? { everyMs: REPORT_EVERY_MS, tell } : null,
      },
      (line) => context.say(line),
      context.io.stop,
    )
    .catch((error: unknown) => {
      throw error instanceof PollError ? new CliError(EXITS[error.reason], error.message, { cause: error }) : error;
    });
  if (options.report) await tell(report);
}

async function print(
  context: Context,
  { from, to, poll: asked, webhooks }: PollReport,
  isJson: boolean,
): Promise<void> {
  if (isJson) {
    const seconds = (to - from) / 1000;
    await context.printJson({ seconds, poll: json(asked), webhooks: json(webhooks) });
    return;
  }
  const right = (title: string) => ({ title, align: 'right' }) as const;
  const columns = [{ title: `in ${span(to - from)}` }, ...TITLES.map(right)];
  for (const line of table(columns, [row('poll', asked), row('webhooks', webhooks)], context.io.stdout.columns)) {
    await context.print(line);
  }
}

const TITLES = ['requests', 'nothing new (304)', 'found', 'average delay', 'worst'] as const;

function row(name: string, way: WayFigures): string[] {
  const delay = (ms: number | null) => (ms === null ? '–' : span(ms));
  return [
    name,
    ...[way.requests, way.unchanged, way.found].map(String),
    delay(way.averageDelayMs),
    delay(way.worstDelayMs),
  ];
}

function json(way: WayFigures): object {
  return {
    requests: way.requests,
    unchanged: way.unchanged,
    found: way.found,
    average_delay_ms: way.averageDelayMs,
    worst_delay_ms: way.worstDelayMs,
  };
}
