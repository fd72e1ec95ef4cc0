import type { SlackSettings } from '../../config/slack-settings.ts';
import type { SlackAnswer, SlackDesk, SlackWay } from '../../model/slack-desk.ts';
import { Secret } from '../../shared/secret.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { Context } from '../context.ts';

export interface SlackConnectOptions {
  readonly webhook?: true;
  readonly bot?: true;
  readonly channel?: string;
  readonly replace?: true;
  /** False: `--no-hello`. Commander sets true where it is not given. */
  readonly hello: boolean;
  readonly dryRun?: true;
}

/** What one `slack connect` works with. */
export interface Setup {
  readonly context: Context;
  readonly options: SlackConnectOptions;
  readonly settings: SlackSettings;
  readonly desk: SlackDesk;
  /** The first line of what was piped in. Null: nothing was. */
  readonly piped: string | null;
}

/** What was found out, before anything is posted or written. */
export interface Connection {
  /** How the hello gets there. */
  readonly way: SlackWay;
  /** For people: `#releases in Acme`. */
  readonly where: string;
  /** What `.env` will hold. */
  readonly variables: Readonly<Record<string, string>>;
}

interface Wanted {
  readonly variable: string;
  /** Its value where it is set already. */
  readonly set: Secret | null;
  readonly message: string;
  /** What to do first, said before the question. */
  readonly steps: readonly string[];
  /** What is wrong with a value, as a predicate. */
  problemOf(text: string): string | undefined;
}

/** The webhook or the token: piped in, set already, or pasted where nobody sees it. @throws CliError */
export async function takeSecret({ context, piped }: Setup, wanted: Wanted): Promise<Secret> {
  const { variable, set, problemOf } = wanted;
  if (piped !== null) return checked('What was piped in', piped, problemOf);
  if (set !== null && (context.io.terminal === null || (await usesWhatIsSet(context, variable)))) {
    return checked(variable, set.reveal(), problemOf);
  }
  for (const line of wanted.steps) context.say(line);
  const text = await context.ask.hidden({
    message: wanted.message,
    instead: `pipe it in, or set ${variable}`,
    validate: (value) => (value === '' ? 'Paste it here; it does not show.' : prefixed('This', problemOf(value))),
  });
  return new Secret(text);
}

function usesWhatIsSet(context: Context, variable: string): Promise<boolean> {
  return context.ask.confirm({ message: `${variable} is set already. Connect with it?`, instead: 'nothing is needed' });
}

function checked(what: string, text: string, problemOf: Wanted['problemOf']): Secret {
  const problem = prefixed(what, problemOf(text));
  if (problem !== undefined) throw new CliError(EXIT.usage, problem);
  return new Secret(text);
}

function prefixed(what: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `${what} ${problem}`;
}

/** @throws CliError: 1 what Slack refuses, 4 when it cannot be asked, 130 after Ctrl-C */
export function mustHave<T>({ io }: Context, answer: SlackAnswer<T>): T {
  if (answer.ok) return answer.value;
  if (io.stop.aborted) throw new CliError(EXIT.interrupted, 'Interrupted. Nothing was written.');
  throw new CliError(
    answer.kind === 'refused' ? EXIT.failed : EXIT.unreachable,
    `Not connected, nothing was written: ${answer.problem}.`,
  );
}
