import type { Connect, Typed } from '../../../model/plugin/connect.ts';
import { keepVariables, mayReplace, takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { originOf } from '../../../shared/origin.ts';
import { request } from '../../../shared/outbound.ts';
import type { Secret } from '../../../shared/secret.ts';
import { notConnected } from '../../connecting.ts';
import { headersFor, topicAt, topicProblem, URL_VARIABLE } from '../address.ts';
import { judgeAnswer } from '../answer.ts';
import type { NtfyMessage } from '../render.ts';
import { tokenProblem } from '../token.ts';
import { lookAt } from './look.ts';

export const connect: Connect = {
  says: 'take the address of a topic, post a hello, keep it in .env',
  options: [
    { flags: '--with-token', says: 'ask for an access token too; without it NTFY_TOKEN is used, if it is set' },
    { flags: '--replace', says: 'put it in the place of another that .env holds' },
    { flags: '--no-hello', says: 'post nothing' },
    { flags: '--dry-run', says: 'check and say what would be done; post and write nothing' },
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
async function connectNtfy(talk: Talk, { options }: Typed): Promise<void> {
  const url = await takeSecret(talk, await talk.piped(), URL_WANTED);
  const token = await tokenFor(talk, options['withToken'] === true);
  const seen = await lookAt({ url, ...(token && { token }) }, talk.signal, talk.clock.now());
  if (!seen.ok) throw notConnected(talk, seen);
  const variables = { [URL_VARIABLE]: url.reveal(), ...(token && { NTFY_TOKEN: token.reveal() }) };
  if (!(await mayReplace(talk, variables, options['replace'] === true)))
    return talk.say('Nothing was posted or written.');
  const hello = options['hello'] !== false;
  const where = `the topic at ${originOf(url.reveal())}`;
  const kept = `${Object.keys(variables).join(' and ')} in ${talk.envFile} (mode 0600)`;
  talk.say(hello ? `Posts one hello to ${where}, then keeps ${kept}.` : `Posts nothing to ${where}; keeps ${kept}.`);
  if (options['dryRun'] === true) return talk.say('Dry run: nothing was posted or written.');
  if (hello) {
    await greet(talk, url, token);
    talk.say(`${talk.err.green('posted')} a hello to ${where}`);
  }
  keepVariables(talk, variables);
  await sayNext(talk, token !== null);
}

async function tokenFor(talk: Talk, isAsked: boolean): Promise<Secret | null> {
  const isSet = (await talk.settings()).set.text('NTFY_TOKEN') !== null;
  return isAsked || isSet ? takeSecret(talk, null, TOKEN_WANTED) : null;
}

async function greet(talk: Talk, url: Secret, token: Secret | null): Promise<void> {
  const { topic, root } = topicAt(url);
  const hello: NtfyMessage = {
    topic,
    title: '👋 Tidings is connected',
    message: 'Activity that its rules ask for will be told here.',
    priority: 3,
  };
  const result = await request({
    url: root,
    headers: { ...headersFor(token ? { token } : {}), 'content-type': 'application/json' },
    body: JSON.stringify(hello),
    timeoutMs: 10_000,
    signal: talk.signal,
  });
  const outcome = judgeAnswer(result, talk.clock.now());
  if (outcome.kind === 'sent') return;
  const kind = outcome.kind === 'broken' || outcome.kind === 'rejected' ? 'refused' : 'later';
  throw notConnected(talk, { kind, problem: outcome.reason });
}

async function sayNext(talk: Talk, hasToken: boolean): Promise<void> {
  const { ownDestinations: own } = await talk.settings();
  talk.say('');
  if (own !== null && !own.variables.includes(URL_VARIABLE)) {
    const name = own.names.includes('phone') ? 'phone-2' : 'phone';
    const token = hasToken ? ', token: "${NTFY_TOKEN}"' : '';
    talk.say(
      `${talk.shortPath(own.path)} has its own destinations. Add this one there, and name it in a rule's \`to\`:\n`,
    );
    talk.say(`  ${name}: { type: ntfy, url: "\${${URL_VARIABLE}}"${token} }\n`);
  }
  talk.sayNext([
    ['start', 'if it does not run yet; if it does, it picks the change up by itself'],
    ['send issues.opened', 'a signed sample, posted to ntfy'],
  ]);
}
