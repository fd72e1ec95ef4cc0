import { Secret } from '../../shared/secret.ts';
import { ConnectError } from './connect.ts';
import type { Talk } from './talk.ts';

// How every `connect` takes a secret and keeps it, in the same words.

export interface Wanted {
  readonly variable: string;
  readonly message: string;
  /** What to do first, said before the question. */
  readonly steps: readonly string[];
  /** What is wrong with a value, as a predicate. */
  problemOf(text: string): string | undefined;
}

/** An address or a token: `piped` in, set already, or pasted where nobody sees it. @throws ConnectError */
export async function takeSecret(talk: Talk, piped: string | null, wanted: Wanted): Promise<Secret> {
  const { variable, problemOf } = wanted;
  if (piped !== null) return checked('What was piped in', piped, problemOf);
  const set = (await talk.settings()).set.text(variable);
  if (set !== null && (!talk.hasTerminal || (await usesWhatIsSet(talk, variable)))) {
    return checked(variable, set, problemOf);
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

/** Whether they may stand in the place of others that `.env` holds; `replace`: it was said already. */
export async function mayReplace(
  talk: Talk,
  variables: Readonly<Record<string, string>>,
  replace: boolean,
): Promise<boolean> {
  const { kept } = await talk.settings();
  const others = Object.keys(variables).filter((name) => ![null, variables[name]].includes(kept.text(name)));
  if (others.length === 0 || replace) return true;
  return talk.ask.confirm({
    message: `${talk.envFile} has another ${others.join(' and ')}. Replace it?`,
    instead: 'add --replace',
    initial: false,
  });
}

/** Into `.env`, and says so; also what the environment sets otherwise. */
export function keepVariables(talk: Talk, variables: Readonly<Record<string, string>>): void {
  const { err } = talk;
  const { shadowed } = talk.keep(variables);
  talk.say(`${err.green('kept')}   ${Object.keys(variables).join(' and ')} in ${talk.envFile}`);
  for (const name of shadowed) {
    talk.say(
      `${err.yellow('Warning')}: ${name} is set otherwise in this environment, which wins over the file: unset ${name}`,
    );
  }
}
