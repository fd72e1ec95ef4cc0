import { ConnectError } from '../../../../model/plugin/connect.ts';
import { keepVariables, mayReplace, takeSecret } from '../../../../model/plugin/keeping.ts';
import type { Provider } from '../../../../model/plugin/provider.ts';
import type { Setup } from '../../../../model/plugin/setup.ts';
import type { Talk } from '../../../../model/plugin/talk.ts';
import { newSecret } from '../../../../shared/ids.ts';
import { Secret } from '../../../../shared/secret.ts';
import type { WantedSource } from './wanted-source.ts';

export interface Kept {
  readonly secret: Secret;
  /** It was written just now: what runs does not know it yet. */
  readonly isNew: boolean;
}

export interface SecretChoice {
  readonly wanted: WantedSource;
  readonly provider: Provider<unknown>;
  readonly setup: Setup;
  /** `--paste`: one that is there already, in place of a generated one. */
  readonly paste: boolean;
  readonly replace: boolean;
}

/** What people choose: the one that is set, or a new one, kept in `.env`. */
export async function chosenSecret(talk: Talk, choice: SecretChoice): Promise<Kept | null> {
  const { wanted, paste, replace } = choice;
  const there = wanted.configured?.secrets[0] ?? (await setAlready(talk, wanted));
  if (there !== undefined && !paste && !replace) return { secret: there, isNew: false };
  if (wanted.variable === null) throw inTheFile(wanted);
  return keep(talk, choice, paste ? await asked(talk, choice) : new Secret(newSecret()));
}

/** What the provider issues: asked for, or piped in, and kept in `.env`. Null: another stays there. @throws ConnectError */
export async function issuedSecret(talk: Talk, choice: SecretChoice): Promise<Kept | null> {
  const { wanted, replace } = choice;
  const [there] = wanted.configured?.secrets ?? [];
  if (wanted.variable === null) {
    if (there !== undefined && !replace) return { secret: there, isNew: false };
    throw inTheFile(wanted);
  }
  const secret = await asked(talk, choice);
  if ((await setAlready(talk, wanted))?.reveal() === secret.reveal()) return { secret, isNew: false };
  return keep(talk, choice, secret);
}

async function setAlready(talk: Talk, { variable }: WantedSource): Promise<Secret | undefined> {
  const text = variable === null ? null : (await talk.settings()).set.text(variable);
  return text === null ? undefined : new Secret(text);
}

async function asked(talk: Talk, { wanted, provider, setup }: SecretChoice): Promise<Secret> {
  return takeSecret(talk, await talk.piped(), {
    variable: wanted.variable ?? provider.secret.variable,
    message: `The ${setup.secret} (it does not show):`,
    steps: [],
    problemOf: (text) => problemOf(provider, text),
  });
}

/** What people choose may be a sentence; what is issued never is. */
function problemOf({ secret }: Provider<unknown>, text: string): string | undefined {
  if (secret.from === 'issued' && /\s/.test(text)) return 'has blanks in it.';
  return secret.problemOf?.(text);
}

async function keep(talk: Talk, { wanted, replace }: SecretChoice, secret: Secret): Promise<Kept | null> {
  const variables = { [wanted.variable ?? '']: secret.reveal() };
  if (!(await mayReplace(talk, variables, replace))) return null;
  keepVariables(talk, variables);
  return { secret, isNew: true };
}

function inTheFile({ name }: WantedSource): ConnectError {
  return new ConnectError(
    'usage',
    `The secret of ${name} stands in tidings.yaml itself: change it there, or better name a variable: secrets: "\${NAME}".`,
  );
}
