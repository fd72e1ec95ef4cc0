import { type Command, Option } from 'commander';
import { PollError, type PollReport, type WayFigures } from '../../model/polling.ts';
import { span } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, loadConfig } from '../context.ts';
import { examples, whole } from '../options.ts';
import { providersThat, titles, tokenOf } from '../plugins.ts';
import { parseSince } from '../since.ts';
import { table } from '../table.ts';

interface PollOptions {
  readonly source?: string;
  readonly interval: number;
  readonly since?: string;
  readonly once?: true;
  readonly report?: true;
  readonly json?: true;
}

const EXITS = { not_found: EXIT.notFound, refused: EXIT.failed, unreachable: EXIT.unreachable } as const;
const REPORT_EVERY_MS = 10 * 60_000;

export async function define(command: Command, context: Context): Promise<void> {
  const providers = await providersThat('poll');
  const who = titles(providers, 'or');
  command
    .description(`ask ${who} for what happens in a repository, where no webhook can be; posts it like start`)
    .argument('<owner/repo>', 'such as acme/api')
    .addHelpText(
      'before',
      examples(context, [
        [
          'poll acme/api',
          `from now on; set ${tokenOf(providers)} for private ones, and for more than 60 requests an hour`,
        ],
        ['poll acme/api --since 1d --once', 'one look back'],
        ['poll acme/api --report', 'what it cost and how late it was, beside webhooks'],
      ]),
    )
    .option(
      '--interval <seconds>',
      `between two questions; ${who} may ask for more`,
      whole('a number of seconds', 1, 86_400),
      60,
    )
    .option('--since <time>', 'also what happened since: 30m, 2h, 7d, or an ISO time')
    .option('--once', 'ask once, tell, end')
    .option('--report', 'print the figures every 10 minutes and at the end')
    .addOption(new Option('--json', 'the figures as JSON'))
    .option('--source <name>', 'which source it is, where there are several')
    .action((repo: string, options: PollOptions) => poll(context, repo, options));
}

/** Asks the provider instead of being called, and tells what it finds, until told to stop. */
async function poll(context: Context, repo: string, options: PollOptions): Promise<void> {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repo)) {
    throw new CliError(EXIT.usage, `"${repo}" is not a repository, such as acme/api.`);
  }
  const tell = (report: PollReport) => print(context, report, options.json === true);
  const now = context.clock.now();
  const config = await loadConfig(context, { readOnly: true, purpose: 'work' });
  const { runPoll } = await import('../../run/poll.ts');
  const request = {
    repo,
    intervalMs: options.interval * 1000,
    since: options.since === undefined ? null : parseSince(options.since, now),
    once: options.once === true,
    report: options.report ? { everyMs: REPORT_EVERY_MS, tell } : null,
  };
  const call = { request, source: options.source, say: context.say, signal: context.io.stop };
  const report = await runPoll(call, config, context.surroundings).catch((error: unknown) => {
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
