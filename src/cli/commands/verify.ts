import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { didYouMean } from '../../config/check/did-you-mean.ts';
import type { FiledRequest } from '../../run/verify/filed-request.ts';
import type { Configured, Verified } from '../../run/verify/verify.ts';
import { plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { oneLine } from '../table.ts';

interface VerifyOptions {
  readonly file: string;
  readonly source?: string;
  readonly json?: true;
}

interface Checked {
  readonly request: FiledRequest;
  readonly found: Verified;
  /** It is not what the file expects, or refused where it says nothing. */
  readonly isUnexpected: boolean;
}

export function define(command: Command, context: Context): void {
  command
    .description('would requests in a file be accepted, and why not? send and store nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['verify --file requests.json', 'one request, a list, or one a line'],
        ['verify --file requests.json --json', 'one JSON object a request'],
        ['verify --file requests.json --source shop', 'all of them, by the secrets and settings of that source'],
      ]),
    )
    .requiredOption('--file <file>', 'JSON: provider, secret, method, url, headers, body or bodyBase64, now, context')
    .option('--source <name>', 'the configured source to check them by')
    .addOption(json())
    .addHelpText('after', NOTES)
    .action((options: VerifyOptions) => untilStopped(context, verifyFile(context, options)));
}

const NOTES = `
A request without a secret is checked by the configured source of its provider:
the one that it names as "source", the one whose path it called, or any of them.
\`listen --save\` writes such requests. "now", in seconds since 1970, is when it
is judged.

Exit code 0: every request is accepted, or is a handshake; where it says
"expect" (accept, handshake or reject), the verdict is that one. 1: not so.
2: the file cannot be used.`;

const CUT_SHORT = 'The last line was cut off while it was written, and is left out.';

/** @throws CliError, exit code 1, when one is refused, or a verdict is not the one that the file expects; 2 when the file cannot be used */
async function verifyFile(context: Context, { file, source, json: asJson }: VerifyOptions): Promise<void> {
  // Accept and the sources: only for who verifies.
  const { providers, verify } = await import('../../run/verify/verify.ts');
  const requests = await usable(file, () => context.say(CUT_SHORT));
  const configured = await configuredFor(context, requests, source);
  const checked: Checked[] = [];
  for (const filed of requests) {
    const request = source === undefined ? filed : checkedBy(filed, configured);
    const found = await verify(request, context.clock, configured);
    const each = { request, found, isUnexpected: isUnexpected(request, found) };
    checked.push(each);
    if (asJson) await context.printJson(jsonOf(each));
    else await context.print(...linesOf(context, each));
  }
  const unnamed = checked.find(({ request: { provider } }) => !providers.includes(provider));
  if (unnamed) throw unknown(unnamed.request, providers);
  if (!asJson) context.say(summary(checked));
  const words = unexpectedWords(checked);
  if (words !== '') throw new CliError(EXIT.failed, words);
}

/** What is configured is read only where it counts: a file that brings its secrets is checked anywhere. */
async function configuredFor(
  context: Context,
  requests: readonly FiledRequest[],
  name: string | undefined,
): Promise<Configured> {
  if (name === undefined && requests.every(({ secrets }) => secrets !== null)) return { sources: [], publicUrl: null };
  const { sources, publicUrl } = await readConfig(context);
  if (name === undefined) return { sources, publicUrl };
  const source = sources.find((each) => each.name === name);
  if (source) return { sources: [source], publicUrl };
  const names = sources.map((each) => each.name);
  throw new CliError(EXIT.usage, `No source is named "${oneLine(name)}".${didYouMean(name, names)}`);
}

/** As if it had come to the one source that is given. */
function checkedBy(request: FiledRequest, { sources: [source] }: Configured): FiledRequest {
  return source ? { ...request, provider: source.provider, source: source.name, secrets: null } : request;
}

function unknown({ name, provider }: FiledRequest, providers: readonly string[]): CliError {
  const what = `No provider is named "${oneLine(provider)}", as the request "${oneLine(name)}" says`;
  return new CliError(EXIT.usage, `${what}.${didYouMean(provider, providers)}`);
}

async function usable(file: string, cutShort: () => void): Promise<readonly FiledRequest[]> {
  const { FiledRequestError, fileText } = await import('../../run/verify/filed-list.ts');
  const { filedRequests } = await import('../../run/verify/filed-request.ts');
  const bytes = await bytesOf(file);
  try {
    return filedRequests(fileText(bytes), cutShort);
  } catch (error) {
    if (!(error instanceof FiledRequestError)) throw error;
    throw new CliError(EXIT.usage, `${file} cannot be used. ${error.message}`, { cause: error });
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isMissing ? 'there is no such file' : String(error);
    throw new CliError(EXIT.usage, `${file} cannot be read: ${why}.`, { cause: error });
  }
}

/** Published vectors call a handshake accepted too. What is optional is a matter of policy. */
function isUnexpected({ expect, isOptional }: FiledRequest, { verdict }: Verified): boolean {
  if (expect !== null && isOptional) return false;
  const wanted = expect ?? 'accept';
  return wanted !== verdict && !(wanted === 'accept' && verdict === 'handshake');
}

function unexpectedWords(checked: readonly Checked[]): string {
  const unexpected = checked.filter((each) => each.isUnexpected);
  const refused = unexpected.filter(({ request }) => request.expect === null).length;
  const differ = unexpected.length - refused;
  const all = checked.length;
  const words = [
    refused > 0 && `${refused} of ${plural(all, 'request')} would be refused.`,
    differ > 0 && `${differ} of ${plural(all, 'verdict')} ${differ === 1 ? 'is' : 'are'} not what the file expects.`,
  ];
  return words.filter((each) => each !== false).join(' ');
}

function jsonOf({ request: { name, provider }, found }: Checked): unknown {
  const { source, verdict, cause, why, deliveryId, type, status, headers, body } = found;
  return { name, provider, source, verdict, cause, why, delivery_id: deliveryId, type, status, headers, body };
}

function linesOf({ out }: Context, { request, found, isUnexpected: differs }: Checked): readonly string[] {
  const mark = found.verdict === 'reject' ? out.red('✗') : out.green('✓');
  const by = request.provider + (found.source === null ? '' : ` (source ${found.source})`);
  const lines = [`${mark} ${oneLine(request.name)}  ${out.dim(oneLine(by))}  ${wordsOf(found)}`];
  if (found.why !== null) lines.push(`    ${oneLine(found.why)}`);
  if (differs && request.expect !== null) lines.push(`    ${out.red(`expected: ${request.expect}`)}`);
  return lines;
}

function wordsOf({ verdict, cause, status, type, deliveryId }: Verified): string {
  switch (verdict) {
    case 'accept':
      return `accepted as ${oneLine(type ?? '')} ${oneLine(deliveryId ?? '')}, answered ${status}`;
    case 'handshake':
      return `a handshake, answered ${status}`;
    case 'reject':
      return `rejected with ${status}: ${cause}`;
  }
}

function summary(checked: readonly Checked[]): string {
  const count = (verdict: Verified['verdict']) => checked.filter(({ found }) => found.verdict === verdict).length;
  const handshakes = count('handshake') === 0 ? '' : `${plural(count('handshake'), 'handshake')}, `;
  return `${plural(checked.length, 'request')}: ${count('accept')} accepted, ${handshakes}${count('reject')} rejected.`;
}
