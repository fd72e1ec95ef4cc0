import { isHttpUrl } from '../../../config/parts/http-url.ts';
import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import { keepVariables, mayReplace, takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { originOf } from '../../../shared/origin.ts';
import { HELLO_OPTIONS, refuseUnlessSent } from '../../keep-after-hello.ts';
import type { Account } from '../requests.ts';
import { originFor, REGIONS, type Region } from '../settings.ts';
import { KEY_VARIABLE, keyProblem, takesChanges, urlProblem } from '../shapes.ts';
import { greet, probe } from './probe.ts';

export const connect: Connect = {
  says: 'take the key of a service, show it a hello that calls nobody, keep it in .env',
  options: [
    { flags: '--region <name>', says: 'us or eu, where the account is (default: us)' },
    { flags: '--url <address>', says: 'another address that takes events as PagerDuty does', conflicts: ['region'] },
    ...HELLO_OPTIONS,
  ],
  examples: [
    ['', 'asks for the key'],
    ['--region eu < key.txt', 'asks nothing'],
  ],
  note: `The key is a secret and so no option: it is pasted at a prompt, piped in, or set as ${KEY_VARIABLE}.`,
  run: connectPagerduty,
};

const WANTED: Wanted = {
  variable: KEY_VARIABLE,
  message: 'The Integration Key (it does not show):',
  steps: [
    '1. PagerDuty → Services → Service Directory → the service → Integrations → Add an integration.',
    '2. Choose Events API V2, and Add.',
    '3. Open it, and copy its Integration Key: 32 letters and digits.',
    '',
  ],
  problemOf: keyProblem,
};

/** Takes a key, proves it without calling anybody, and keeps it. Nothing is written before the proof. */
async function connectPagerduty(talk: Talk, { options }: Typed): Promise<void> {
  const piped = await talk.piped();
  const at = placeOf(options);
  const key = await takeSecret(talk, piped, WANTED);
  const account: Account = { routing_key: key, ...at };
  const asking = { signal: talk.signal, now: talk.clock.now() };
  refuseUnlessSent(talk, await probe(account, asking));
  talk.say(`${talk.err.green('found')}  a service that takes events by this key, ${originOf(originFor(at))}`);
  const variables = { [KEY_VARIABLE]: key.reveal() };
  if (!(await mayReplace(talk, variables, options['replace'] === true)))
    return talk.say('Nothing was sent or written.');
  const greets = options['hello'] !== false && takesChanges(key.reveal());
  const kept = `${KEY_VARIABLE} in ${talk.envFile} (mode 0600)`;
  talk.say(
    greets
      ? `Sends one change event as a hello, which calls nobody, then keeps ${kept}.`
      : `Sends nothing; keeps ${kept}.`,
  );
  if (options['dryRun'] === true) return talk.say('Dry run: nothing was sent or written.');
  if (greets) {
    refuseUnlessSent(talk, await greet(account, asking));
    talk.say(`${talk.err.green('sent')}   a hello: see the service's Recent Changes`);
  }
  keepVariables(talk, variables);
  await sayNext(talk, at);
}

function placeOf({ region = 'us', url }: Typed['options']): Omit<Account, 'routing_key'> {
  if (typeof region !== 'string' || !Object.hasOwn(REGIONS, region)) {
    throw new ConnectError('usage', '--region is us or eu');
  }
  if (typeof url !== 'string') return { region: region as Region };
  if (!isHttpUrl(url)) throw new ConnectError('usage', '--url is no address that begins with https:// or http://');
  const problem = urlProblem(url);
  if (problem !== undefined) throw new ConnectError('usage', `--url ${problem}`);
  return { region: 'us', url: url.replace(/\/+$/, '') };
}

async function sayNext(talk: Talk, { region, url }: Omit<Account, 'routing_key'>): Promise<void> {
  const { ownDestinations: own } = await talk.settings();
  const name = own?.names.includes('pager') === true ? 'pager-2' : 'pager';
  const more = url === undefined ? (region === 'us' ? '' : `, region: ${region}`) : `, url: "${url}"`;
  const where = own === null ? 'tidings.yaml' : talk.shortPath(own.path);
  talk.say(`\nAdd it to ${where} under destinations, and name it in a rule's \`to\`:\n`);
  talk.say(`  ${name}: { type: pagerduty, routing_key: "\${${KEY_VARIABLE}}"${more} }\n`);
  talk.sayNext([['start', 'if it does not run yet; if it does, it picks the change up by itself']]);
}
