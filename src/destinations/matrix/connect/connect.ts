import type { Outcome } from '../../../model/destination.ts';
import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import { takeSecret } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { newGuid } from '../../../shared/ids.ts';
import { oneLine } from '../../../text/plain.ts';
import { HELLO_OPTIONS, HELLO_TEXT, HELLO_TITLE, keepAfterHello, refuseUnlessSent } from '../../keep-after-hello.ts';
import { type Client, clientOf, roomPath } from '../client.ts';
import { roomProblemOf } from '../matrix-destination.ts';
import type { MatrixContent } from '../render.ts';
import {
  HOMESERVER_VARIABLE,
  homeserverProblem,
  ROOM_VARIABLE,
  roomProblem,
  TOKEN_VARIABLE,
  tokenProblem,
} from '../shapes.ts';

export const connect: Connect = {
  says: 'take an access token, join a room, post a hello, keep it in .env',
  options: [
    { flags: '--homeserver <url>', says: `base address of the homeserver; else ${HOMESERVER_VARIABLE}` },
    { flags: '--room <room>', says: `the room, by id or by #name:server; else ${ROOM_VARIABLE}` },
    ...HELLO_OPTIONS,
  ],
  examples: [
    ['--homeserver=https://matrix.example.org --room=#dev:example.org', 'asks for the token'],
    ['--homeserver=https://matrix.example.org --room=#dev:example.org < token.txt', 'asks nothing'],
  ],
  note: `The token is a secret and so no option: it is pasted at a prompt, piped in, or set as ${TOKEN_VARIABLE}.`,
  run: connectMatrix,
};

const STEPS = [
  '1. Make a user for the bot at your homeserver, and log it in once, in Element.',
  '2. Settings → Help & About → Access Token. Close the window; do not log out, which ends the token.',
  '3. Invite the bot to a room that is not encrypted.',
  '',
];

const HELLO: MatrixContent = {
  msgtype: 'm.notice',
  body: `${HELLO_TITLE}\n${HELLO_TEXT}`,
  format: 'org.matrix.custom.html',
  formatted_body: `<b>${HELLO_TITLE}</b><br>${HELLO_TEXT}`,
  'm.mentions': {},
};

async function connectMatrix(talk: Talk, typed: Typed): Promise<void> {
  const { set } = await talk.settings();
  const { homeserver: typedServer, room: typedRoom } = typed.options;
  const homeserver = wanted(typedServer ?? set.base(HOMESERVER_VARIABLE), '--homeserver', homeserverProblem).replace(
    /\/+$/,
    '',
  );
  const named = wanted(typedRoom ?? set.text(ROOM_VARIABLE), '--room', (text) =>
    text.startsWith('#') ? undefined : roomProblem(text),
  );
  const token = await takeSecret(talk, await talk.piped(), {
    variable: TOKEN_VARIABLE,
    message: 'The access token (it does not show):',
    steps: STEPS,
    problemOf: tokenProblem,
  });
  const client = clientOf(homeserver, token, talk.clock);
  const { outcome, data } = await client.ask('GET', 'account/whoami', null, { signal: talk.signal });
  refuseUnlessSent(talk, outcome);
  const room = named.startsWith('#') ? await roomCalled(talk, client, named) : named;
  await keepAfterHello(talk, typed, {
    title: 'Matrix',
    type: 'matrix',
    where: `the room ${named} as ${oneLine(String(data['user_id']))}`,
    variables: { [HOMESERVER_VARIABLE]: homeserver, [TOKEN_VARIABLE]: token.reveal(), [ROOM_VARIABLE]: room },
    keys: { homeserver: HOMESERVER_VARIABLE, access_token: TOKEN_VARIABLE, room_id: ROOM_VARIABLE },
    hello: () => joinAndGreet(talk, client, room),
  });
}

/** @throws ConnectError */
function wanted(given: unknown, option: string, problemOf: (text: string) => string | undefined): string {
  if (typeof given !== 'string') throw new ConnectError('usage', `Say where: add ${option}.`);
  const problem = problemOf(given);
  if (problem !== undefined) throw new ConnectError('usage', `${option} ${problem}`);
  return given;
}

/** https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3directoryroomroomalias @throws ConnectError */
async function roomCalled(talk: Talk, client: Client, alias: string): Promise<string> {
  const { outcome, data } = await client.ask('GET', `directory/room/${encodeURIComponent(alias)}`, null, {
    signal: talk.signal,
  });
  refuseUnlessSent(talk, outcome);
  const { room_id: room } = data;
  if (typeof room !== 'string' || roomProblem(room) !== undefined)
    throw new ConnectError('failed', 'The homeserver named no room.');
  return room;
}

/** To join where one is already changes nothing. */
async function joinAndGreet({ signal }: Talk, client: Client, room: string): Promise<Outcome> {
  const { outcome } = await client.ask('POST', `join/${encodeURIComponent(room)}`, {}, { signal });
  if (outcome.kind !== 'sent') return outcome;
  const problem = await roomProblemOf(client, room, { signal });
  if (problem !== null) return problem;
  const path = roomPath(room, `send/m.room.message/hello_${newGuid()}`);
  return (await client.ask('PUT', path, HELLO, { signal })).outcome;
}
