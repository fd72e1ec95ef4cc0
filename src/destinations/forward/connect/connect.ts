import { isHttpUrl } from '../../../config/parts/http-url.ts';
import type { Connect, Typed } from '../../../model/plugin/connect.ts';
import { keepVariables, mayReplace, takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { originOf } from '../../../shared/origin.ts';
import type { Secret } from '../../../shared/secret.ts';
import { notConnected } from '../../connecting.ts';
import { outcomeOf } from '../answer.ts';
import { SECRET_VARIABLE, secretProblem, URL_VARIABLE } from '../settings.ts';
import { greet } from './hello.ts';

export const connect: Connect = {
  says: 'take the address of your application, post a hello, keep it in .env',
  options: [
    { flags: '--replace', says: 'put it in the place of another that .env holds' },
    { flags: '--no-hello', says: 'post nothing' },
    { flags: '--dry-run', says: 'say what would be done; post and write nothing' },
  ],
  examples: [
    ['', 'asks for the address'],
    ['< address.txt', 'asks nothing'],
  ],
  note: `The address may hold a secret and so is no option: it is pasted at a prompt, piped in, or set as ${URL_VARIABLE}. With ${SECRET_VARIABLE} set, the hello is signed.`,
  run: connectForward,
};

const WANTED: Wanted = {
  variable: URL_VARIABLE,
  message: 'Where your application takes webhooks (it does not show):',
  steps: [
    'The address that you gave your provider until now, as this machine reaches it: http://localhost:3001/webhooks',
    '',
  ],
  problemOf: (text) => (isHttpUrl(text) ? undefined : 'must be an address that begins with https:// or http://.'),
};

/** Takes an address, asks whether somebody is there, and keeps it in `.env`. */
async function connectForward(talk: Talk, { options }: Typed): Promise<void> {
  const url = await takeSecret(talk, await talk.piped(), WANTED);
  const secret = (await talk.settings()).set.token(SECRET_VARIABLE, secretProblem);
  const where = originOf(url.reveal());
  const variables = { [URL_VARIABLE]: url.reveal() };
  if (!(await mayReplace(talk, variables, options['replace'] === true)))
    return talk.say('Nothing was posted or written.');
  const hello = options['hello'] !== false;
  talk.say(
    `${hello ? `Posts one hello to ${where}` : `Posts nothing to ${where}`}, then keeps ${URL_VARIABLE} in ${talk.envFile} (mode 0600).`,
  );
  if (options['dryRun'] === true) return talk.say('Dry run: nothing was posted or written.');
  if (hello) await sayHello(talk, url, secret);
  keepVariables(talk, variables);
  await sayNext(talk);
}

/** Whoever verifies a provider's signature refuses the hello, rightly: somebody is there. What is no such answer ends it. */
async function sayHello(talk: Talk, url: Secret, secret: Secret | null): Promise<void> {
  const result = await greet(url, secret, talk.clock, talk.signal);
  const outcome = outcomeOf(result, url.reveal(), [400, 401, 403, 422], talk.clock.now());
  if (outcome.kind === 'sent') return talk.say(`${talk.err.green('posted')} a hello, answered ${outcome.answer}`);
  const status = result.kind === 'answered' ? result.status : null;
  if (status !== null && [400, 401, 403, 422].includes(status)) {
    return talk.say(
      `${talk.err.green('posted')} a hello, answered ${status}: somebody is there, who rightly wants the signature of a provider`,
    );
  }
  throw notConnected(talk, { kind: status === null ? 'away' : 'refused', problem: outcome.reason });
}

async function sayNext(talk: Talk): Promise<void> {
  const { ownDestinations: own } = await talk.settings();
  talk.say('');
  if (own !== null && !own.variables.includes(URL_VARIABLE)) {
    const name = own.names.includes('app') ? 'app-2' : 'app';
    talk.say(`${talk.shortPath(own.path)} has its own destinations. Add this one there:\n`);
    talk.say(`  ${name}: { type: forward, url: "\${${URL_VARIABLE}}", raw: true }\n`);
  }
  talk.sayNext([
    ['start', 'if it does not run yet; if it does, it picks the change up by itself'],
    ['send', 'a signed sample, forwarded to your application'],
  ]);
}
