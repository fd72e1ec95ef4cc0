import type { Provider } from '../../model/plugin/provider.ts';
import type { Variables } from '../../model/plugin/variables.ts';
import { Secret } from '../../shared/secret.ts';
import { signingSecretProblem } from '../parts/token-problem.ts';
import type { Env } from './process-env.ts';
import { commaSeparated } from './variables.ts';

/** The secrets in a provider's variable. */
export function secretsIn(
  { title, secret: { variable, from, problemOf } }: Pick<Provider<unknown>, 'title' | 'secret'>,
  env: Env,
  { tell }: Pick<Variables, 'tell'>,
): readonly Secret[] {
  const text = env[variable] ?? '';
  const parts = commaSeparated(text);
  if (text !== '' && parts.length === 0) {
    const instead = from === 'chosen' ? 'Give the one set at' : 'Give the one issued by';
    const unset = from === 'chosen' ? ', or unset it to have one generated' : '';
    tell(variable, `is set, but holds no secret. ${instead} ${title}${unset}.`);
  }
  const problem = parts
    .map((part) => signingSecretProblem(part) ?? problemOf?.(part))
    .find((found) => found !== undefined);
  if (problem !== undefined) tell(variable, problem);
  return parts.map((part) => new Secret(part));
}
