import type { Channel, FromVariables } from '../../model/plugin/channel.ts';
import type { Variables } from '../../model/plugin/variables.ts';
import { originOf } from '../../shared/origin.ts';
import { Secret } from '../../shared/secret.ts';
import type { MatrixSettings } from './settings.ts';
import { HOMESERVER_VARIABLE, ROOM_VARIABLE, roomProblem, TOKEN_VARIABLE, tokenProblem } from './shapes.ts';

export const channel: Channel<MatrixSettings> = {
  title: 'Matrix',
  can: { digest: 2, thread: 'thread', card: null, edit: false, everybody: true, dedup: 'transaction id' },
  words: ({ room_id: room, homeserver, thread }) => `${room} at ${originOf(homeserver)}${thread ? '' : ', no threads'}`,
  byDefault: { variable: TOKEN_VARIABLE, settings: fromVariables },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings, clock }) {
    const { matrixDestination } = await import('./matrix-destination.ts');
    return matrixDestination({ name, settings, clock });
  },
};

function fromVariables(env: Variables): FromVariables<MatrixSettings> | null {
  const homeserver = env.base(HOMESERVER_VARIABLE);
  const token = env.text(TOKEN_VARIABLE);
  const room = env.text(ROOM_VARIABLE);
  if (homeserver === null || token === null || room === null) {
    const given = { [HOMESERVER_VARIABLE]: homeserver, [TOKEN_VARIABLE]: token, [ROOM_VARIABLE]: room };
    const missing = Object.entries(given).flatMap(([name, value]) => (value === null ? [name] : []));
    // The token alone says that somebody wants it: what else is set may be another program's.
    if (token !== null) env.tell(TOKEN_VARIABLE, `needs ${missing.join(' and ')} too, or run tidings connect matrix.`);
    return null;
  }
  const problems = [
    [TOKEN_VARIABLE, tokenProblem(token)],
    [ROOM_VARIABLE, roomProblem(room)],
  ] as const;
  for (const [variable, problem] of problems) if (problem !== undefined) env.tell(variable, problem);
  const settings = {
    homeserver,
    access_token: new Secret(token),
    room_id: room,
    thread: true,
    per_minute: 12,
  } as const;
  return { settings, variables: { access_token: TOKEN_VARIABLE } };
}
