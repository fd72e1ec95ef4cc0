import type { Outcome } from '../../../model/destination.ts';
import type { Connect, Typed } from '../../../model/plugin/connect.ts';
import { takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { originOf } from '../../../shared/origin.ts';
import { request } from '../../../shared/outbound.ts';
import type { Secret } from '../../../shared/secret.ts';
import { notConnected } from '../../connecting.ts';
import { HELLO_OPTIONS, HELLO_TEXT, HELLO_TITLE, keepAfterHello } from '../../keep-after-hello.ts';
import { headersFor, topicAt, topicProblem, URL_VARIABLE } from '../address.ts';
import { judgeAnswer } from '../answer.ts';
import type { NtfyMessage } from '../render.ts';
import { tokenProblem } from '../token.ts';
import { lookAt } from './look.ts';

export const connect: Connect = {
  says: 'take the address of a topic, post a hello, keep it in .env',
  options: [
    { flags: '--with-token', says: 'ask for an access token too; without it NTFY_TOKEN is used, if it is set' },
    ...HELLO_OPTIONS,
  ],
  examples: [
    ['', 'asks for the address'],
    ['< topic.txt', 'asks nothing'],
  ],
  note: `The name of the topic is a secret and so no option: it is pasted at a prompt, piped in, or set as ${URL_VARIABLE}.`,
  run: connectNtfy,
};

const URL_WANTED: Wanted = {
  variable: URL_VARIABLE,
  message: 'The address of the topic (it does not show):',
  steps: [
    '1. Choose a name that nobody guesses: whoever knows it can read and post.',
    '2. Subscribe to it in the ntfy app. Its address is https://ntfy.sh/NAME, or your own server and the name.',
    '',
  ],
  problemOf: topicProblem,
};

const TOKEN_WANTED: Wanted = {
  variable: 'NTFY_TOKEN',
  message: 'The access token, tk_… (it does not show):',
  steps: [],
  problemOf: tokenProblem,
};

/** Takes a topic, proves it, and keeps it in `.env`. Nothing is written before the proof. */
async function connectNtfy(talk: Talk, typed: Typed): Promise<void> {
  const url = await takeSecret(talk, await talk.piped(), URL_WANTED);
  const token = await tokenFor(talk, typed.options['withToken'] === true);
  const seen = await lookAt({ url, ...(token && { token }) }, talk.signal, talk.clock.now());
  if (!seen.ok) throw notConnected(talk, seen);
  await keepAfterHello(talk, typed, {
    title: 'ntfy',
    type: 'ntfy',
    name: 'phone',
    where: `the topic at ${originOf(url.reveal())}`,
    variables: { [URL_VARIABLE]: url.reveal(), ...(token && { NTFY_TOKEN: token.reveal() }) },
    keys: { url: URL_VARIABLE, ...(token && { token: 'NTFY_TOKEN' }) },
    hello: () => greet(talk, url, token),
  });
}

async function tokenFor(talk: Talk, isAsked: boolean): Promise<Secret | null> {
  const isSet = (await talk.settings()).set.text('NTFY_TOKEN') !== null;
  return isAsked || isSet ? takeSecret(talk, null, TOKEN_WANTED) : null;
}

async function greet(talk: Talk, url: Secret, token: Secret | null): Promise<Outcome> {
  const { topic, root } = topicAt(url);
  const hello: NtfyMessage = {
    topic,
    title: HELLO_TITLE,
    message: HELLO_TEXT,
    priority: 3,
  };
  const result = await request({
    url: root,
    headers: { ...headersFor(token ? { token } : {}), 'content-type': 'application/json' },
    body: JSON.stringify(hello),
    timeoutMs: 10_000,
    signal: talk.signal,
  });
  return judgeAnswer(result, talk.clock.now());
}
