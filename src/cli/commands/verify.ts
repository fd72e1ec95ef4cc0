import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type FiledRequest, FiledRequestError, filedRequests } from '../../run/verify/filed-request.ts';
import type { RequestVerdict } from '../../run/verify/verify-request.ts';
import { plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { oneLine } from '../table.ts';

interface VerifyOptions {
  readonly file: string;
  readonly json?: true;
}

interface Checked {
  readonly request: FiledRequest;
  readonly found: RequestVerdict;
  /** It is not what the file expects. */
  readonly isUnexpected: boolean;
}

export function define(command: Command, context: Context): void {
  command
    .description('would requests in a file be accepted? with the secrets in the file; send and store nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['verify --file requests.json', 'one request, or a list'],
        ['verify --file requests.json --json', 'one JSON object a request'],
      ]),
    )
    .requiredOption('--file <file>', 'JSON: provider, name, secret or secrets, url, headers, body, now (in seconds)')
    .addOption(json())
    .action((options: VerifyOptions) => untilStopped(context, verifyFile(context, options)));
}

/** @throws CliError, exit code 1, when a verdict is not the one that the file expects; 2 when the file cannot be used */
async function verifyFile(context: Context, { file, json: asJson }: VerifyOptions): Promise<void> {
  // Accept and the sources: only for who verifies.
  const { providers, verify } = await import('../../run/verify/verify.ts');
  const requests = usable(file, await readText(file));
  const checked: Checked[] = [];
  for (const request of requests) {
    const found = await verify(request, context.clock);
    const each = { request, found, isUnexpected: isUnexpected(request, found) };
    checked.push(each);
    if (asJson) await context.printJson(jsonOf(each));
    else await context.print(...linesOf(context, each));
  }
  const unnamed = requests.find(({ provider }) => !providers.includes(provider));
  if (unnamed) throw unknown(unnamed, providers);
  const unexpected = checked.filter((each) => each.isUnexpected).length;
  const differ = `${unexpected} of ${plural(checked.length, 'verdict')} ${unexpected === 1 ? 'is' : 'are'} not what the file expects.`;
  if (unexpected > 0) throw new CliError(EXIT.failed, differ);
  if (!asJson) context.say(summary(checked));
}

function unknown({ name, provider }: FiledRequest, providers: readonly string[]): CliError {
  const what = `No provider is named "${oneLine(provider)}", as the request "${oneLine(name)}" says`;
  return new CliError(EXIT.usage, `${what}: there are ${providers.join(', ')}.`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isMissing ? 'there is no such file' : String(error);
    throw new CliError(EXIT.usage, `${file} cannot be read: ${why}.`, { cause: error });
  }
}

function usable(file: string, text: string): readonly FiledRequest[] {
  try {
    return filedRequests(text);
  } catch (error) {
    if (!(error instanceof FiledRequestError)) throw error;
    throw new CliError(EXIT.usage, `${file} cannot be used. ${error.message}`, { cause: error });
  }
}

/** Published vectors call a handshake accepted too. What is optional is a matter of policy. */
function isUnexpected({ expect, isOptional }: FiledRequest, { verdict }: RequestVerdict): boolean {
  if (expect === null || isOptional) return false;
  return expect !== verdict && !(expect === 'accept' && verdict === 'handshake');
}

function jsonOf({ request: { name, provider }, found }: Checked): unknown {
  const { verdict, cause, deliveryId, type, status, body } = found;
  return { name, provider, verdict, cause, delivery_id: deliveryId, type, status, body };
}

function linesOf({ out }: Context, { request, found, isUnexpected: differs }: Checked): readonly string[] {
  const mark = found.verdict === 'reject' ? out.red('✗') : out.green('✓');
  const lines = [`${mark} ${oneLine(request.name)}  ${out.dim(oneLine(request.provider))}  ${wordsOf(found)}`];
  if (found.why !== null) lines.push(`    ${oneLine(found.why)}`);
  if (differs) lines.push(`    ${out.red(`expected: ${request.expect}`)}`);
  return lines;
}

function wordsOf({ verdict, cause, status, type, deliveryId }: RequestVerdict): string {
  switch (verdict) {
    case 'accept':
      return `accepted as ${oneLine(type ?? '')} ${oneLine(deliveryId ?? '')}`;
    case 'handshake':
      return `a handshake, answered ${status}`;
    case 'reject':
      return `rejected with ${status}: ${cause}`;
  }
}

function summary(checked: readonly Checked[]): string {
  const count = (verdict: RequestVerdict['verdict']) => checked.filter(({ found }) => found.verdict === verdict).length;
  const handshakes = count('handshake') === 0 ? '' : `${plural(count('handshake'), 'handshake')}, `;
  return `${plural(checked.length, 'request')}: ${count('accept')} accepted, ${handshakes}${count('reject')} rejected.`;
}
