import { isHttpUrl } from '../../../config/parts/http-url.ts';
import type { Outcome } from '../../../model/destination.ts';
import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import { takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { originOf } from '../../../shared/origin.ts';
import { request } from '../../../shared/outbound.ts';
import { notConnected } from '../../connecting.ts';
import { HELLO_TEXT, HELLO_TITLE, keepAfterHello } from '../../keep-after-hello.ts';
import { judgeAnswer } from '../answer.ts';
import { appTokenProblem } from '../app-token.ts';
import { post } from '../post.ts';
import type { GotifyMessage } from '../render.ts';
import type { GotifySettings } from '../settings.ts';
import { lookAt } from './look.ts';

export const connect: Connect = {
  says: 'take a server and the token of an application, post a hello, keep them in .env',
  options: [
    { flags: '--url <address>', says: 'the server; default GOTIFY_URL' },
    { flags: '--replace', says: 'put them in the place of others that .env holds' },
    { flags: '--no-hello', says: 'post nothing: then nobody knows whether the token works' },
    { flags: '--dry-run', says: 'check and say what would be done; post and write nothing' },
  ],
  examples: [
    ['', 'asks for both'],
    ['--url https://gotify.example.com < token.txt', 'asks nothing'],
  ],
  note: 'The token is a secret and so no option: it is pasted at a prompt, piped in, or set as GOTIFY_TOKEN.',
  run: connectGotify,
};

const WANTED: Wanted = {
  variable: 'GOTIFY_TOKEN',
  message: "The application's token (it does not show):",
  steps: ['1. Gotify → Apps → Create Application.', '2. Show its token, and copy it: it begins with A.', ''],
  problemOf: appTokenProblem,
};

const HELLO: GotifyMessage = {
  title: HELLO_TITLE,
  message: HELLO_TEXT,
  priority: 5,
};

/** Takes a server and a token, proves them, and keeps them in `.env`. Nothing is written before the proof. */
async function connectGotify(talk: Talk, typed: Typed): Promise<void> {
  const piped = await talk.piped();
  const url = await serverFor(talk, typed.options['url']);
  const token = await takeSecret(talk, piped, WANTED);
  const seen = await lookAt(url, talk.signal, talk.clock.now());
  if (!seen.ok) throw notConnected(talk, seen);
  await keepAfterHello(talk, typed, {
    title: 'Gotify',
    type: 'gotify',
    name: 'phone',
    where: `${originOf(url)} (${seen.words})`,
    variables: { GOTIFY_URL: url, GOTIFY_TOKEN: token.reveal() },
    keys: { url: 'GOTIFY_URL', token: 'GOTIFY_TOKEN' },
    hello: () => greet(talk, { url, token }),
  });
}

async function serverFor(talk: Talk, address: Typed['options'][string]): Promise<string> {
  const given = typeof address === 'string' ? address : (await talk.settings()).set.base('GOTIFY_URL');
  const url =
    given ??
    (await talk.ask.text({
      message: 'The address of the Gotify server:',
      instead: 'add --url, or set GOTIFY_URL',
      validate: (text) => (isHttpUrl(text) ? undefined : 'An address that begins with https:// or http://.'),
    }));
  if (!isHttpUrl(url)) throw new ConnectError('usage', '--url is no address that begins with https:// or http://');
  return url.replace(/\/+$/, '');
}

async function greet(talk: Talk, to: Pick<GotifySettings, 'url' | 'token'>): Promise<Outcome> {
  const result = await request({ ...post(to, HELLO), timeoutMs: 10_000, signal: talk.signal });
  return judgeAnswer(result, talk.clock.now());
}
