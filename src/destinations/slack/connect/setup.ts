import { ConnectError } from '../../../model/plugin/connect.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { Secret } from '../../../shared/secret.ts';
import type { SlackSettings } from './slack-settings.ts';
import type { SlackAnswer, SlackClient, SlackWay } from './slack-types.ts';

export interface SlackConnectOptions {
  readonly webhook?: true;
  readonly bot?: true;
  readonly channel?: string;
  readonly replace?: true;
  /** False: `--no-hello`. */
  readonly hello?: boolean;
  readonly dryRun?: true;
}

/** What one `connect slack` works with. */
export interface Setup {
  readonly talk: Talk;
  readonly options: SlackConnectOptions;
  readonly settings: SlackSettings;
  readonly slack: SlackClient;
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

/** The webhook or the token: piped in, set already, or pasted where nobody sees it. @throws ConnectError */
export async function takeSecret({ talk, piped }: Setup, wanted: Wanted): Promise<Secret> {
  const { variable, set, problemOf } = wanted;
  if (piped !== null) return checked('What was piped in', piped, problemOf);
  if (set !== null && (!talk.hasTerminal || (await usesWhatIsSet(talk, variable)))) {
    return checked(variable, set.reveal(), problemOf);
  }
  for (const line of wanted.steps) talk.say(line);
  const text = await talk.ask.hidden({
    message: wanted.message,
    instead: `pipe it in, or set ${variable}`,
    validate: (value) => (value === '' ? 'Paste it here; it does not show.' : prefixed('This', problemOf(value))),
  });
  return new Secret(text);
}

function usesWhatIsSet(talk: Talk, variable: string): Promise<boolean> {
  return talk.ask.confirm({ message: `${variable} is set already. Connect with it?`, instead: 'nothing is needed' });
}

function checked(what: string, text: string, problemOf: Wanted['problemOf']): Secret {
  const problem = prefixed(what, problemOf(text));
  if (problem !== undefined) throw new ConnectError('usage', problem);
  return new Secret(text);
}

function prefixed(what: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `${what} ${problem}`;
}

/** @throws ConnectError: what Slack refuses, that it cannot be asked, or that a person stopped it */
export function mustHave<T>({ signal }: Talk, answer: SlackAnswer<T>): T {
  if (answer.ok) return answer.value;
  if (signal.aborted) throw new ConnectError('interrupted', 'Interrupted. Nothing was written.');
  const reason = answer.kind === 'refused' ? 'failed' : 'unreachable';
  throw new ConnectError(reason, `Not connected, nothing was written: ${answer.problem}.`);
}
