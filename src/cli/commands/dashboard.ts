import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import { isOpenHere, localUrl } from '../../config/describe/place-words.ts';
import { newCode } from '../../http/door/one-time-code.ts';
import { prefixOf } from '../../http/door/prefix.ts';
import { type OutboundResult, request } from '../../shared/outbound.ts';
import { ASK_MS, askReceiver, keptToken } from '../ask-receiver.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples } from '../options.ts';

interface DashboardOptions {
  readonly print?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('open the pages: what arrived, what became of it, and why')
    .addHelpText(
      'before',
      examples(context, [
        ['dashboard', 'in the browser; no token to type'],
        ['dashboard --print', 'the address alone, good once, for a minute'],
      ]),
    )
    .option('--print', 'print the address instead; so it is done in a pipe')
    .action((options: DashboardOptions) => untilStopped(context, dashboard(context, options)));
}

/** @throws CliError, exit code 4: no receiver answers; 2: nobody here knows the admin token */
async function dashboard(context: Context, options: DashboardOptions): Promise<void> {
  const config = await readConfig(context);
  const { base, isOpen } = await reached(config, context);
  const address = isOpen ? `${base}/` : `${base}/login?code=${codeFor(config, context)}`;
  const isShown = context.io.stdout.isTTY && !options.print;
  const { openBrowser } = await import('./dashboard/open-browser.ts');
  if (isShown && (await openBrowser(address, context.surroundings.env))) {
    context.say(`${base}/ opens in your browser. If it does not: ${context.invocation} dashboard --print`);
    return;
  }
  // `print` masks codes, wherever they stand: this one is what was asked for.
  await context.io.stdout.write(`${address}\n`);
  if (!isOpen) context.say('It opens once, within a minute.');
}

/** Where the world reaches it, if it does; else on this machine. */
async function reached(
  config: Config,
  { invocation }: Context,
): Promise<{ readonly base: string; readonly isOpen: boolean }> {
  const { publicUrl } = config;
  if (publicUrl !== null) {
    const there = await request({ method: 'GET', url: `${publicUrl}/healthz`, timeoutMs: ASK_MS });
    if (isTidings(there)) return { base: publicUrl, isOpen: false };
  }
  const local = localUrl(config);
  const here = await askReceiver(config, '/healthz');
  if (isTidings(here)) return { base: local + prefixOf(publicUrl), isOpen: isOpenHere(config) };
  const places = publicUrl === null ? local : `${publicUrl} nor at ${local}`;
  const nobody = publicUrl === null ? 'Nothing answers' : 'Tidings answers neither';
  throw new CliError(
    EXIT.unreachable,
    `${nobody} at ${places}. Start it with \`${invocation} start\`, or set PUBLIC_URL to where it runs.`,
  );
}

function isTidings(answer: OutboundResult): boolean {
  return answer.kind === 'answered' && answer.status === 200 && answer.text === '{"status":"ok"}';
}

function codeFor(config: Config, { clock }: Context): string {
  const token = keptToken(config);
  if (token !== null) return newCode(token, clock.now());
  throw new CliError(
    EXIT.usage,
    'Nobody here knows the admin token: set ADMIN_TOKEN as the receiver has it, or run this where its DATA_DIR is.',
  );
}
