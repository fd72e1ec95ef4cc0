import { isHttpUrl } from '../../../config/parts/http-url.ts';
import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import { keepVariables, mayReplace, takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { originOf } from '../../../shared/origin.ts';
import { request } from '../../../shared/outbound.ts';
import { notConnected } from '../../connecting.ts';
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
  title: '👋 Tidings is connected',
  message: 'Activity that its rules ask for will be told here.',
  priority: 5,
};

/** Takes a server and a token, proves them, and keeps them in `.env`. Nothing is written before the proof. */
async function connectGotify(talk: Talk, { options }: Typed): Promise<void> {
  const piped = await talk.piped();
  const url = await serverFor(talk, options['url']);
  const token = await takeSecret(talk, piped, WANTED);
  const seen = await lookAt(url, talk.signal, talk.clock.now());
  if (!seen.ok) throw notConnected(talk, seen);
  const variables = { GOTIFY_URL: url, GOTIFY_TOKEN: token.reveal() };
  if (!(await mayReplace(talk, variables, options['replace'] === true)))
    return talk.say('Nothing was posted or written.');
  const hello = options['hello'] !== false;
  const where = `${originOf(url)} (${seen.words})`;
  const kept = `GOTIFY_URL and GOTIFY_TOKEN in ${talk.envFile} (mode 0600)`;
  talk.say(hello ? `Posts one hello to ${where}, then keeps ${kept}.` : `Posts nothing to ${where}; keeps ${kept}.`);
  if (options['dryRun'] === true) return talk.say('Dry run: nothing was posted or written.');
  if (hello) {
    await greet(talk, { url, token });
    talk.say(`${talk.err.green('posted')} a hello to ${originOf(url)}`);
  }
  keepVariables(talk, variables);
  await sayNext(talk);
}

async function serverFor(talk: Talk, typed: Typed['options'][string]): Promise<string> {
  const given = typeof typed === 'string' ? typed : (await talk.settings()).set.base('GOTIFY_URL');
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

async function greet(talk: Talk, to: Pick<GotifySettings, 'url' | 'token'>): Promise<void> {
  const result = await request({ ...post(to, HELLO), timeoutMs: 10_000, signal: talk.signal });
  const outcome = judgeAnswer(result, talk.clock.now());
  if (outcome.kind === 'sent') return;
  const kind = outcome.kind === 'broken' || outcome.kind === 'rejected' ? 'refused' : 'later';
  throw notConnected(talk, { kind, problem: outcome.reason });
}

async function sayNext(talk: Talk): Promise<void> {
  const { ownDestinations: own } = await talk.settings();
  talk.say('');
  if (own !== null && !own.variables.includes('GOTIFY_TOKEN')) {
    const name = own.names.includes('phone') ? 'phone-2' : 'phone';
    talk.say(
      `${talk.shortPath(own.path)} has its own destinations. Add this one there, and name it in a rule's \`to\`:\n`,
    );
    talk.say(`  ${name}: { type: gotify, url: "\${GOTIFY_URL}", token: "\${GOTIFY_TOKEN}" }\n`);
  }
  talk.sayNext([
    ['start', 'if it does not run yet; if it does, it picks the change up by itself'],
    ['send issues.opened', 'a signed sample, posted to Gotify'],
  ]);
}
