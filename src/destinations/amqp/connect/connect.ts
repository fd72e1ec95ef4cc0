import type { Connect, Typed } from '../../../model/plugin/connect.ts';
import { keepVariables, mayReplace, takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { notConnected } from '../../connecting.ts';
import { loadClient } from '../client.ts';
import { ADDRESS_VARIABLE, addressProblem } from '../shapes.ts';
import { lookAt } from './look.ts';

export const connect: Connect = {
  says: 'take a broker, look for the queue or exchange, keep the address in .env',
  options: [
    { flags: '--queue <name>', says: 'the queue that messages go into' },
    { flags: '--exchange <name>', says: 'the exchange that messages go to', conflicts: ['queue'] },
    { flags: '--replace', says: 'put it in the place of another that .env holds' },
    { flags: '--dry-run', says: 'look, and write nothing' },
  ],
  examples: [['--queue activity', 'asks for the address, and whether the queue is there']],
  note: `The address holds a password and so is no option: it is pasted at a prompt, piped in, or set as ${ADDRESS_VARIABLE}.`,
  run: connectAmqp,
};

const WANTED: Wanted = {
  variable: ADDRESS_VARIABLE,
  message: 'The address of the broker (it does not show):',
  steps: ['amqp://user:password@host/vhost, of a user who may write to the queue or exchange.', ''],
  problemOf: addressProblem,
};

/** Looks, sends nothing, and keeps the address. */
async function connectAmqp(talk: Talk, { options }: Typed): Promise<void> {
  const { queue, exchange } = options;
  const to = {
    ...(typeof queue === 'string' && { queue }),
    ...(typeof exchange === 'string' && { exchange }),
  };
  // Before anybody pastes anything.
  loadClient();
  const url = await takeSecret(talk, await talk.piped(), WANTED);
  const seen = await lookAt({ url, ...to }, talk.signal);
  if (!seen.ok) throw notConnected(talk, seen);
  talk.say(`${talk.err.green('found')}  ${seen.place}`);
  if (options['dryRun'] === true) return talk.say('Dry run: nothing was sent or written.');
  const variables = { [ADDRESS_VARIABLE]: url.reveal() };
  if (!(await mayReplace(talk, variables, options['replace'] === true))) return talk.say('Nothing was written.');
  keepVariables(talk, variables);
  const { ownDestinations: own } = await talk.settings();
  const name = own?.names.includes('broker') === true ? 'broker-2' : 'broker';
  const place = 'exchange' in to ? `exchange: ${to.exchange}` : `queue: ${to.queue ?? 'activity'}`;
  talk.say(
    `\nAdd it to ${own === null ? 'tidings.yaml' : talk.shortPath(own.path)} under destinations, and name it in a rule's \`to\`:\n`,
  );
  talk.say(`  ${name}: { type: amqp, url: "\${${ADDRESS_VARIABLE}}", ${place} }\n`);
  talk.sayNext([['start', 'if it does not run yet; if it does, it picks the change up by itself']]);
}
