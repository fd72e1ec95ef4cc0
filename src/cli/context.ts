import type { Config } from '../config/config.ts';
import { type StoppedLanes, stoppedAmong } from '../http/explain/what-became.ts';
import type { Archive } from '../model/inbox/archive.ts';
import type { Talk } from '../model/plugin/talk.ts';
import type { OpenArchive, OpenedArchive } from '../run/database.ts';
import type { LoadOptions } from '../run/load.ts';
import type { Surroundings } from '../run/surroundings.ts';
import { systemClock } from '../shared/clock.ts';
import { redact } from '../shared/secrets/redact.ts';
import { jsonText } from '../shared/terminal/json-text.ts';
import { aborted } from './aborted.ts';
import { createAsk } from './ask.ts';
import { CliError, EXIT } from './cli-error.ts';
import { type CliIo, colorsFor, type Output } from './cli-io.ts';
import { foldFor } from './fold.ts';

/** What every command is given. What is said goes to stderr. */
export interface Context
  extends Pick<Talk, 'invocation' | 'clock' | 'out' | 'err' | 'ask' | 'print' | 'printJson' | 'say' | 'sayOpenly'> {
  readonly surroundings: Surroundings;
  readonly openArchive: OpenArchive;
  readonly io: CliIo;
}

export type ContextOptions = Partial<Pick<Context, 'clock' | 'openArchive'>>;

export function createContext(surroundings: Surroundings, io: CliIo, options: ContextOptions = {}): Context {
  const linesFor = (output: Output, lines: readonly string[]) =>
    lines.map((line) => `${foldFor(output, line)}\n`).join('');
  return {
    surroundings,
    invocation: surroundings.invocation,
    clock: systemClock,
    openArchive: async (config, access) => (await import('../run/database.ts')).openArchive(config, access),
    ...options,
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

/** @throws ConfigError */
export async function loadConfig({ surroundings }: Context, options: LoadOptions): Promise<Config> {
  return (await import('../run/load.ts')).load(options, surroundings);
}

/** The configuration for commands that change nothing: no secret is generated, and none is needed. @throws ConfigError */
export function readConfig(context: Context): Promise<Config> {
  return loadConfig(context, { readOnly: true, purpose: 'read' });
}

/** See StoppedLanes. */
export async function stoppedLanes(archive: Pick<Archive, 'heads'>): Promise<StoppedLanes> {
  return stoppedAmong(await archive.heads());
}

/** Runs `use` on the opened database and closes it afterwards, whatever happens. Nothing in it changes, unless it is said. */
export async function withArchive<T>(
  context: Context,
  use: (archive: OpenedArchive, config: Config) => Promise<T>,
  access: 'read' | 'write' = 'read',
): Promise<T> {
  const config = await readConfig(context);
  await using archive = await context.openArchive(config, access);
  return await use(archive, config);
}

/** @throws CliError when it is no event id, exit code 2 */
export function parseId(text: string): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id) && id > 0) return id;
  throw new CliError(EXIT.usage, `"${text}" is no event id: ids are whole numbers, as \`events\` lists them.`);
}

export function notFound({ invocation }: Context, ids: readonly number[]): CliError {
  const what = ids.length === 1 ? `event ${ids[0]}` : `events ${ids.join(', ')}`;
  return new CliError(EXIT.notFound, `There is no ${what}. \`${invocation} events\` lists what there is.`);
}

/** Ends with the first signal, for commands that leave nothing half done. @throws CliError, exit code 130 */
export async function untilStopped({ io }: Context, work: Promise<void>): Promise<void> {
  const ended = await Promise.race([work, aborted(io.stop)]);
  if (ended === 'aborted') throw new CliError(EXIT.interrupted, 'Interrupted.');
}
