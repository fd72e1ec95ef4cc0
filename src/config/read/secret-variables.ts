import { redact, remember } from '../../shared/secrets/redact.ts';
import type { Env } from './process-env.ts';

/** As programs name what nobody should see: `AWS_SECRET_ACCESS_KEY`, `SMTP_PASS`. PWD is a place. */
const SECRET_NAME =
  /(?:^|_)(?:TOKEN|AUTHTOKEN|SECRET|KEY|APIKEY|PASSWORD|PASSWD|PASS|CREDENTIALS?|WEBHOOK|DSN)(?:_|$)/i;
/** Long, in one piece, of letters and digits: nothing a person would call a repository or a channel. */
const SECRET_SHAPE = /^(?=.*[A-Za-z])(?=.*\d)[\w+/=.~:-]{20,}$/;
const PATH = /^(?:[.~]{0,2}\/|[A-Za-z]:\\)/;

/** Whether a variable holds a secret, as far as its name and the looks of its value tell. */
export function isSecretVariable(name: string, value: string): boolean {
  if (PATH.test(value)) return false;
  const looks = value.includes('://') ? redact(value) !== value : SECRET_SHAPE.test(value) || redact(value) !== value;
  return looks || SECRET_NAME.test(name);
}

/** As variables are called by habit. Whatever else stands where a name is asked for may be the secret itself. */
export function isVariableName(text: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/.test(text) && redact(text) === text;
}

/** Whatever the environment and `.env` hold is masked from now on, also what Tidings has no use for. */
export function rememberSecrets(env: Env): void {
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && SECRET_NAME.test(name) && !PATH.test(value)) remember(value);
    else if (value?.includes('://') && redact(value) !== value) remember(value);
  }
}

/** A value as an error may quote it: one that looks like a secret got into the wrong variable. */
export function quotedValue(name: string, value: string): string {
  return isSecretVariable(name, value) ? 'what it holds' : `"${value}"`;
}
