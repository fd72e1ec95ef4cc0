import { type Finding, ok } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { oneLine } from '../../../text/plain.ts';
import { notSeen, unseen } from '../../looked.ts';
import { clientOf } from '../client.ts';
import { roomProblemOf } from '../matrix-destination.ts';
import type { MatrixSettings } from '../settings.ts';

/** Asks the homeserver who the token is, and whether it sees the room. Posts nothing. */
export async function check(name: string, settings: MatrixSettings, asking: Asking): Promise<readonly Finding[]> {
  const { homeserver, access_token: token, room_id: room } = settings;
  const { signal } = asking;
  const client = clientOf(homeserver, token, asking.clock);
  const { outcome, data } = await client.ask('GET', 'account/whoami', null, { signal });
  const problem = outcome.kind === 'sent' ? await roomProblemOf(client, room, { signal }) : outcome;
  const what = `room of ${name}`;
  if (problem === null) return [ok(what, `${oneLine(String(data['user_id']))} posts to ${room}; nothing was posted`)];
  const mend = `Mend that, or connect anew: ${asking.invocation} connect matrix`;
  const wait = 'Messages wait until the homeserver can be reached. Check homeserver, and the network of this machine.';
  return [notSeen(what, unseen(problem), { mend, wait })];
}
