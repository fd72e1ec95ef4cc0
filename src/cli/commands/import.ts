import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Inbox } from '../../model/inbox.ts';
import { hasCode } from '../../shared/files/has-code.ts';
import { plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { progress } from '../progress.ts';

interface ImportOptions {
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('store the events of files that export or `archive_to` wrote; nobody is told of them')
    .argument('<file...>', 'files, zstd or plain; - is stdin')
    .addHelpText(
      'before',
      examples(context, [
        ['import november.jsonl.zst', 'given again, it stores nothing twice'],
        ['import archive/2026-11-*.zst', ''],
        ['import - < events.jsonl', ''],
      ]),
    )
    .addOption(json())
    .action((files: readonly string[], options: ImportOptions) =>
      untilStopped(context, importAll(context, files, options)),
    );
}

/** File by file. One that cannot be read to its end does not keep the others from being read. */
async function importAll(context: Context, files: readonly string[], { json: isJson }: ImportOptions): Promise<void> {
  const inputs = await Promise.all(files.map((file) => inputOf(context, file)));
  const { openToImport } = await import('../../run/transfer/open.ts');
  await using inbox = await openToImport(await readConfig(context));
  const troubled: string[] = [];
  for (const input of inputs) {
    const { imported, known, trouble } = await importOne(context, inbox, input);
    if (isJson) await context.printJson({ file: input.name, imported, known, trouble });
    const there = known === 0 ? '' : `; ${plural(known, 'event')} ${known === 1 ? 'was' : 'were'} here already`;
    context.say(`${input.name}: imported ${plural(imported, 'event')}${there}.`);
    if (trouble !== null) troubled.push(`${input.name} was not read to its end: ${trouble}.`);
    if (context.io.stop.aborted) break;
  }
  if (troubled.length > 0)
    throw new CliError(EXIT.failed, `${troubled.join('\n')}\nWhat is whole before that was imported.`);
}

interface Input {
  readonly name: string;
  /** In bytes. Null: nobody knows. */
  readonly size: number | null;
  read(): AsyncIterable<Buffer>;
}

async function inputOf({ io }: Context, file: string): Promise<Input> {
  if (file !== '-') {
    const found = await stat(file).catch((error: unknown) => {
      throw hasCode(error, 'ENOENT') ? new CliError(EXIT.notFound, `There is no file ${file}.`) : error;
    });
    if (found.isDirectory())
      throw new CliError(EXIT.usage, `${file} is a folder: name the files in it, as in ${join(file, '*.jsonl.zst')}`);
    return {
      name: file,
      size: found.size,
      read: () => createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>,
    };
  }
  const { input } = io;
  if (input === null)
    throw new CliError(EXIT.usage, 'Nothing is piped in. Name a file, or: import - < events.jsonl.zst');
  return { name: 'stdin', size: null, read: () => input() as AsyncIterable<Buffer> };
}

async function importOne(context: Context, inbox: Inbox, { name, size, read }: Input) {
  const { importEvents } = await import('../../run/transfer/import-events.ts');
  const bar = size === null ? null : progress(context, `${name}: read`, Math.ceil(size / 1_000), ' kB');
  try {
    return await importEvents(
      inbox,
      counted(read(), (bytes) => bar?.step(Math.ceil(bytes / 1_000))),
      context.io.stop,
    );
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'FormatError') throw error;
    throw new CliError(EXIT.failed, `${name} is no file of events that can be read here: ${error.message}.`, {
      cause: error,
    });
  } finally {
    bar?.end();
  }
}

async function* counted(input: AsyncIterable<Buffer>, onBytes: (total: number) => void): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of input) {
    yield chunk;
    onBytes((total += chunk.length));
  }
}
