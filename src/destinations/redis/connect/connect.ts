import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import { takeSecret, type Wanted } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { notConnected } from '../../connecting.ts';
import { HELLO_OPTIONS, keepAfterHello } from '../../keep-after-hello.ts';
import { whatIsMissing } from '../../optional-packages.ts';
import { loadClient } from '../client.ts';
import { ADDRESS_VARIABLE, addressProblem, STREAM, streamProblem } from '../shapes.ts';
import { hello } from './hello.ts';
import { lookAt, type Place } from './look.ts';

export const connect: Connect = {
  says: 'take a server, look at the stream, add a hello, keep the address in .env',
  options: [{ flags: '--stream <key>', says: `the key of the stream; default ${STREAM}` }, ...HELLO_OPTIONS],
  examples: [['--stream activity', 'asks for the address, and what is at that key']],
  note: `The address may hold a password and so is no option: it is pasted at a prompt, piped in, or set as ${ADDRESS_VARIABLE}.`,
  run: connectRedis,
};

const WANTED: Wanted = {
  variable: ADDRESS_VARIABLE,
  message: 'The address of the server (it does not show):',
  steps: ['redis://user:password@host:6379/0, or rediss://… for TLS.', ''],
  problemOf: addressProblem,
};

/** Looks at the stream, adds a hello to it, and keeps the address. */
async function connectRedis(talk: Talk, typed: Typed): Promise<void> {
  const stream = String(typed.options['stream'] ?? STREAM);
  const problem = streamProblem(stream);
  if (problem !== undefined) throw new ConnectError('usage', `--stream ${problem}`);
  const missing = whatIsMissing(loadClient);
  if (missing !== null) throw new ConnectError('failed', missing);
  const url = await takeSecret(talk, await talk.piped(), WANTED);
  const place: Place = { url, stream };
  const seen = await lookAt(place, talk.signal);
  if (!seen.ok) throw notConnected(talk, seen);
  talk.say(`${talk.err.green('found')}  ${seen.where}`);
  for (const doubt of seen.doubts) talk.say(`${talk.err.yellow('Warning')}: ${doubt.problem}. ${doubt.fix}`);
  await keepAfterHello(talk, typed, {
    title: 'Redis',
    type: 'redis',
    where: seen.where,
    variables: { [ADDRESS_VARIABLE]: url.reveal() },
    keys: { url: ADDRESS_VARIABLE },
    settings: { stream },
    isOnlyInFile: true,
    hello: () => hello(talk, place),
  });
}
