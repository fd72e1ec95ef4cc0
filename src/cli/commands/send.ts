import type { Command } from 'commander';
import { CATALOG } from '../../catalog.ts';
import type { Config } from '../../config/config.ts';
import { localUrl, webhookPath } from '../../config/describe/place-words.ts';
import { firstSampleNo, type SampleRequest } from '../../run/sample/signed-sample.ts';
import { recognisable } from '../../shared/origin.ts';
import { type OutboundResult, request } from '../../shared/outbound.ts';
import { redact } from '../../shared/secrets/redact.ts';
import { jsonText } from '../../shared/terminal/json-text.ts';
import { plural, span } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, loadConfig } from '../context.ts';
import { collect, examples, json, whole } from '../options.ts';
import { progress } from '../progress.ts';
import { oneLine } from '../table.ts';
import { sampleRequest } from './send/sample-request.ts';
import { chosenSample } from './send/sample-source.ts';

interface SendOptions {
  readonly to?: string;
  readonly set?: readonly string[];
  readonly count: number;
  readonly secretEnv?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const TIMEOUT_MS = 15_000;
/** Requests in flight: enough to fill group commits, too few to overrun anybody. */
const CONCURRENCY = 8;
/** Above this many, single lines say less than the summary. */
const LINES_UP_TO = 20;

interface Answer {
  readonly guid: string;
  readonly result: OutboundResult;
  readonly ms: number;
}

export async function define(command: Command, context: Context): Promise<void> {
  const firsts = await firstSamples();
  command
    .description('send really signed sample deliveries to a running receiver')
    .argument(
      '[event]',
      'such as pull_request.merged or ping; of another source or provider than the first, its name and a colon before it',
    )
    .addHelpText(
      'before',
      examples(context, [
        ['send pull_request.opened', ''],
        [`send ${firsts[1] ?? ''}`, 'of another provider, or of a source by its name'],
        ['send issues.opened --set issue.title="Payments fail"', 'change the payload'],
        ['send star.created --count 1000', 'a burst: posted as digests'],
        ['send push --dry-run', 'look at the request only'],
      ]),
    )
    .option('--to <url>', 'the receiver (default: the one configured here)')
    .option('--set <path=value>', 'change the payload; may be repeated', collect)
    .option('--count <n>', 'how many different ones', whole('a count', 1, 1_000_000), 1)
    .option('--secret-env <NAME>', 'sign with the secret in this environment variable')
    .option('--dry-run', 'print the request, send nothing')
    .addOption(json())
    .addHelpText(
      'after',
      `\nOne of each provider; \`send NAME:\` lists them all:\n${firsts.map((each) => `  ${each}`).join('\n')}`,
    )
    .allowExcessArguments()
    .action((_first: string | undefined, options: SendOptions) => send(context, command.args, options));
}

async function firstSamples(): Promise<readonly string[]> {
  const rows = Object.entries(CATALOG.providers).map(async ([name, load]) => {
    const { firstSample } = (await load()).provider;
    return firstSample === undefined ? [] : [`${name}:${firstSample}`];
  });
  return (await Promise.all(rows)).flat();
}

/** Signed sample deliveries to a running receiver. Any answer but 2xx is a failure; the first unreachable one ends it. */
async function send(context: Context, typed: readonly string[], options: SendOptions): Promise<void> {
  const load = (readOnly: boolean) => loadConfig(context, { readOnly, purpose: 'receive' });
  const read = await load(true);
  const chosen = await chosenSample(read, typed, options.secretEnv !== undefined);
  // To a receiver that is named, also before anything was started here: then the secret to sign with is generated now.
  const config = options.to === undefined || options.dryRun ? read : await load(false);
  const source = config.sources.find(({ name }) => name === chosen.source.name) ?? chosen.source;
  const url = parseUrl(options.to ?? `${localUrl(config)}${webhookPath(source.name)}`, source.name);
  const { clock, surroundings } = context;
  const first = firstSampleNo(clock.now());
  const wanted = {
    ...chosen,
    source,
    set: options.set ?? [],
    secretEnv: options.secretEnv ?? null,
    env: surroundings.env,
    calledUrl: calledUrl(config, source.name, options.to),
  };
  const make = (index: number) => sampleRequest(wanted, first + index, clock.now());
  if (options.dryRun) {
    await preview(context, url, await make(0), options);
    return;
  }
  const answers = await sendAll(context, url, make, { ...options, name: chosen.name });
  finish(context, answers, { ...options, url, variable: chosen.provider.secret.variable });
}

/** A receiver that is named elsewhere is called by that name by the world too. */
function calledUrl({ publicUrl }: Config, source: string, to: string | undefined): string {
  const isElsewhere = to !== undefined && !/^https?:\/\/(?:localhost|127\.|\[::1\])/.test(to);
  return isElsewhere ? to : `${publicUrl ?? ''}${webhookPath(source)}`;
}

async function sendAll(
  context: Context,
  url: string,
  make: (index: number) => Promise<SampleRequest>,
  options: SendOptions & { readonly name: string },
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const bar = progress(context, 'sent', options.count);
  let next = 0;
  let reachable = true;
  const worker = async () => {
    while (next < options.count && reachable && !context.io.stop.aborted && !context.io.closed.aborted) {
      const made = await make(next++);
      const answer = await post(context, url, made);
      reachable = answer.result.kind !== 'unreachable';
      answers.push(answer);
      if (options.json) await context.printJson(answerJson(answer, options.name));
      else if (options.count <= LINES_UP_TO && reachable) await context.print(answerLine(answer, context));
      bar.step(answers.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, options.count) }, worker));
  bar.end();
  return answers;
}

async function post(context: Context, url: string, made: SampleRequest): Promise<Answer> {
  const began = context.clock.monotonic();
  const result = await request({ url, ...made, timeoutMs: TIMEOUT_MS, signal: context.io.stop });
  return { guid: made.guid, result, ms: context.clock.monotonic() - began };
}

interface Sent extends SendOptions {
  readonly url: string;
  /** That holds the secret of such a source. */
  readonly variable: string;
}

/** @throws CliError with the exit code that the answers deserve, and what to do about it */
function finish(context: Context, answers: readonly Answer[], options: Sent): void {
  const { url } = options;
  if (options.count > LINES_UP_TO && answers.length > 0) context.say(summary(answers));
  if (context.io.stop.aborted)
    throw new CliError(EXIT.interrupted, `Interrupted after ${answers.length} of ${options.count}.`);
  const unreachable = answers.find((answer) => answer.result.kind !== 'answered');
  if (unreachable !== undefined && unreachable.result.kind !== 'answered') {
    const what = unreachable.result.kind === 'unreachable' ? 'cannot be reached' : 'gave no answer';
    throw new CliError(
      EXIT.unreachable,
      `${recognisable(url)} ${what} (${unreachable.result.reason}). Is it running? ${context.invocation} start`,
    );
  }
  const refused = answers.find((answer) => !isOk(answer));
  if (refused?.result.kind === 'answered')
    throw new CliError(EXIT.failed, refusalWords(refused.result.status, options));
}

function refusalWords(status: number, { url, variable }: Sent): string {
  switch (status) {
    case 401:
      return (
        'The receiver did not accept the signature: it uses another secret than this command. Give both the same ' +
        `${variable} (or the same DATA_DIR, for the generated one), or name the variable that holds it: --secret-env NAME`
      );
    case 404:
      return `Nothing is received at ${recognisable(url)}. The path is /webhooks/<source>; is this the right port?`;
    case 503:
      return 'The receiver cannot store events now; its log says why. A provider would try again later.';
    default:
      return `The receiver answered ${status} instead of 200.`;
  }
}

async function preview(context: Context, url: string, made: SampleRequest, options: SendOptions): Promise<void> {
  const payload = payloadOf(made.body.toString('utf8'));
  if (options.json) {
    await context.printJson({ url: recognisable(url), headers: made.headers, payload });
  } else {
    await context.print(context.out.bold(`POST ${recognisable(url)}`));
    for (const [name, value] of Object.entries(made.headers))
      await context.print(`${context.out.dim(`${name}:`)} ${value}`);
    await context.print('');
    await context.print(typeof payload === 'string' ? payload : jsonText(payload, 2));
  }
  context.say(`Dry run: ${plural(options.count, 'request')} like this would be sent. Nothing was.`);
}

/** A form is shown as it is. */
function payloadOf(body: string): unknown {
  return body.startsWith('{') ? JSON.parse(body) : body;
}

function answerLine({ result, ms, guid }: Answer, { out }: Context): string {
  if (result.kind !== 'answered') return `${out.red('no answer')}  ${guid}  ${result.reason}`;
  const { id, status } = parsedAnswer(result.text);
  const paint = isOk({ result }) ? out.green : out.red;
  const words =
    status === undefined
      ? oneLine(redact(result.text)).slice(0, 200) || (isOk({ result }) ? 'accepted' : '')
      : oneLine(`${status}${id === undefined ? '' : ` as event ${id}`}`);
  return `${paint(String(result.status))}  ${words}  ${out.dim(span(ms))}`;
}

function answerJson({ result, ms, guid }: Answer, event: string) {
  const common = { event, guid, ms: Math.round(ms * 10) / 10 };
  if (result.kind !== 'answered') return { ...common, http_status: null, status: null, id: null, error: result.reason };
  const { id, status, error } = parsedAnswer(result.text);
  return { ...common, http_status: result.status, status: status ?? null, id: id ?? null, error: error ?? null };
}

interface ParsedAnswer {
  readonly id?: number | undefined;
  readonly status?: string | undefined;
  readonly error?: string | undefined;
}

function parsedAnswer(text: string): ParsedAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof answer !== 'object' || answer === null) return {};
  const { id, status, error } = answer as { id?: unknown; status?: unknown; error?: { message?: unknown } | null };
  const message = typeof error === 'object' ? error?.message : undefined;
  return {
    id: typeof id === 'number' ? id : undefined,
    status: typeof status === 'string' ? status : typeof message === 'string' ? message : undefined,
    error: typeof message === 'string' ? message : undefined,
  };
}

function summary(answers: readonly Answer[]): string {
  const groups = Map.groupBy(answers, ({ result }) =>
    result.kind === 'answered' ? String(result.status) : 'no answer',
  );
  const counts = [...groups].map(([status, group]) => `${group.length.toLocaleString('en-US')} × ${status}`).join(', ');
  const times = answers.map((answer) => answer.ms).toSorted((a, b) => a - b);
  const at = (share: number) => span(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  return `${counts}; half within ${at(0.5)}, 99 % within ${at(0.99)}`;
}

function isOk({ result }: Pick<Answer, 'result'>): boolean {
  return result.kind === 'answered' && result.status >= 200 && result.status < 300;
}

function parseUrl(text: string, source: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  const example = `http://localhost:3000${webhookPath(source)}`;
  throw new CliError(EXIT.usage, `--to "${text}" is no address. Use one such as ${example}`);
}
