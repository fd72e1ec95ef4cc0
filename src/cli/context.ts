import type { Archive } from '../model/inbox/archive.ts';
import type { AppPort, LoadedApp } from '../run/app-port.ts';
import { jsonText } from '../shared/json-text.ts';
import { redact } from '../shared/redact.ts';
import type { Secret } from '../shared/secret.ts';
import { aborted } from './aborted.ts';
import { type Ask, createAsk } from './ask.ts';
import { CliError, EXIT } from './cli-error.ts';
import { type CliIo, type Colors, colorsFor, type Output } from './cli-io.ts';
import { foldFor } from './fold.ts';

/** What every command is given. */
export interface Context {
  readonly app: AppPort;
  readonly io: CliIo;
  /** Colours for stdout. */
  readonly out: Colors;
  /** Colours for stderr. */
  readonly err: Colors;
  readonly ask: Ask;
  /** Lines of data, without secrets. Resolves when they were taken, see `Output`: await it, so that a slow reader is waited for. */
  print(...lines: readonly string[]): Promise<void>;
  /** One line of JSON, the same way. */
  printJson(value: unknown): Promise<void>;
  /** One line of talk, without secrets. */
  say(line: string): void;
  /** The same, but that `secret` stands in it: for a person at a terminal who needs it, never for a log. */
  sayOpenly(line: string, secret: Secret): void;
}

export function createContext(app: AppPort, io: CliIo): Context {
  const linesFor = (output: Output, lines: readonly string[]) =>
    lines.map((line) => `${foldFor(output, line)}\n`).join('');
  return {
    app,
    io,
    out: colorsFor(io.stdout, io),
    err: colorsFor(io.stderr, io),
    ask: createAsk(io),
    print: (...lines) => io.stdout.write(linesFor(io.stdout, lines.map(redact))),
    printJson: (value) => io.stdout.write(`${redact(jsonText(value))}\n`),
    say: (line) => void io.stderr.write(linesFor(io.stderr, [redact(line)])),
    sayOpenly: (line, secret) =>
      void io.stderr.write(linesFor(io.stderr, [redact(line).replace(String(secret), secret.reveal())])),
  };
}

/** The configuration for commands that change nothing: no secret is generated, and none is needed. @throws ConfigError */
export function readApp(context: Context): Promise<LoadedApp> {
  return context.app.load({ readOnly: true, purpose: 'read' });
}

/** Runs `use` on the opened database and closes it afterwards, whatever happens. Nothing in it changes, unless it is said. */
export async function withArchive<T>(
  context: Context,
  use: (archive: Archive, app: LoadedApp) => Promise<T>,
  options = { readOnly: true },
): Promise<T> {
  const app = await readApp(context);
  await using archive = await app.openArchive(options);
  return await use(archive, app);
}

/** @throws CliError when it is no event id, exit code 2 */
export function parseId(text: string): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id) && id > 0) return id;
  throw new CliError(EXIT.usage, `"${text}" is no event id: ids are whole numbers, as \`events\` lists them.`);
}

export function notFound(context: Context, ids: readonly number[]): CliError {
  const what = ids.length === 1 ? `event ${ids[0]}` : `events ${ids.join(', ')}`;
  return new CliError(EXIT.notFound, `There is no ${what}. \`${context.app.invocation} events\` lists what there is.`);
}

/** Ends with the first signal, for commands that leave nothing half done. @throws CliError, exit code 130 */
export async function untilStopped(context: Context, work: Promise<void>): Promise<void> {
  const ended = await Promise.race([work, aborted(context.io.stop)]);
  if (ended === 'aborted') throw new CliError(EXIT.interrupted, 'Interrupted.');
}
