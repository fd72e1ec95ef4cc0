import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import { takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { notConnected } from '../../connecting.ts';
import { HELLO_OPTIONS, keepAfterHello } from '../../keep-after-hello.ts';
import { whatIsMissing } from '../../optional-packages.ts';
import { loadClient } from '../client.ts';
import { ADDRESS_VARIABLE, addressProblem, SUBJECT, subjectProblem } from '../shapes.ts';
import { hello } from './hello.ts';
import { lookAt, type Place } from './look.ts';

export const connect: Connect = {
  says: 'take a server, look for the stream, send a hello, keep the address in .env',
  options: [
    { flags: '--subject <subject>', says: `where messages go; default ${SUBJECT}, where > is source and kind` },
    { flags: '--creds <path>', says: 'a credentials file, where the server asks for a JWT' },
    ...HELLO_OPTIONS,
  ],
  examples: [['', 'asks for the address, and which stream takes tidings.>']],
  note: `The address may hold a password and so is no option: it is pasted at a prompt, piped in, or set as ${ADDRESS_VARIABLE}.`,
  run: connectNats,
};

const WANTED: Wanted = {
  variable: ADDRESS_VARIABLE,
  message: 'The address of the server (it does not show):',
  steps: ['nats://user:password@host, of a user who may publish. A cluster: several, with commas.', ''],
  problemOf: addressProblem,
};

/** Looks for the stream, stores a hello in it, and keeps the address. */
async function connectNats(talk: Talk, typed: Typed): Promise<void> {
  const { subject = SUBJECT, creds } = typed.options;
  const problem = subjectProblem(String(subject));
  if (problem !== undefined) throw new ConnectError('usage', `--subject ${problem}`);
  const missing = whatIsMissing(loadClient);
  if (missing !== null) throw new ConnectError('failed', missing);
  const url = await takeSecret(talk, await talk.piped(), WANTED);
  const place: Place = { url, subject: String(subject), ...(typeof creds === 'string' && { creds }) };
  const seen = await lookAt(place, talk.signal);
  if (!seen.ok) throw notConnected(talk, seen);
  talk.say(`${talk.err.green('found')}  ${seen.where}`);
  for (const doubt of seen.doubts) talk.say(`${talk.err.yellow('Warning')}: ${doubt.problem}. ${doubt.fix}`);
  await keepAfterHello(talk, typed, {
    title: 'NATS',
    type: 'nats',
    where: seen.where,
    variables: { [ADDRESS_VARIABLE]: url.reveal() },
    keys: { url: ADDRESS_VARIABLE },
    settings: { ...(place.creds !== undefined && { creds: place.creds }), subject: place.subject },
    isOnlyInFile: true,
    hello: () => hello(talk, place),
  });
}
