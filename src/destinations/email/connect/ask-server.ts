import type { Talk } from '../../../model/plugin/talk.ts';
import { Secret } from '../../../shared/secret.ts';
import { VARIABLES } from '../shapes.ts';

const STEPS = [
  '1. Who runs your mail says how programs send it: a host, and a user that is often an address.',
  '   Gmail: smtp.gmail.com · Microsoft 365: smtp.office365.com:587 · Fastmail: smtp.fastmail.com',
  '2. Make an app password there (Gmail: https://myaccount.google.com/apppasswords): the one that you type is refused.',
  '',
];

const INSTEAD = `pipe in smtps://USER:PASSWORD@HOST, or set ${VARIABLES.url}`;

/** Host, user and app password, as one address. @throws ConnectError */
export async function askServer(talk: Talk): Promise<Secret> {
  for (const line of STEPS) talk.say(line);
  const host = await talk.ask.text({
    message: 'Which mail server? host, or host:port',
    instead: INSTEAD,
    validate: (value) => (hostIn(value) === null ? 'A host such as smtp.acme.test, or smtp.acme.test:587.' : undefined),
  });
  const user = await talk.ask.text({ message: 'User (empty: it wants none)', instead: INSTEAD });
  const password =
    user.trim() === ''
      ? ''
      : await talk.ask.hidden({
          message: 'App password (it does not show):',
          instead: INSTEAD,
          validate: (value) => (value === '' ? 'Paste it here; it does not show.' : undefined),
        });
  // Google shows its own in four groups, and takes them without the blanks.
  const login =
    password &&
    `${encodeURIComponent(user.trim())}:${encodeURIComponent(password.replace(/^(\w{4}) (\w{4}) (\w{4}) (\w{4})$/, '$1$2$3$4'))}@`;
  const { name, port } = hostIn(host) ?? { name: '', port: 465 };
  // 465 is TLS from the first byte; on every other port it is asked for.
  return new Secret(port === 465 ? `smtps://${login}${name}` : `smtp://${login}${name}:${port}`);
}

function hostIn(text: string): { readonly name: string; readonly port: number } | null {
  const [, name, port = '465'] = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/i.exec(text.trim()) ?? [];
  return name === undefined || Number(port) > 65_535 ? null : { name, port: Number(port) };
}
