import type { Destination } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { mustFit } from '../must-fit.ts';
import { matrixDestination as createMatrix } from './matrix-destination.ts';
import { homeserverProblem, roomProblem, tokenProblem } from './shapes.ts';

export interface MatrixOptions {
  readonly name: string;
  /** Base address, as in `https://matrix.example.org`. */
  readonly homeserver: string;
  /** Of the user that posts. */
  readonly accessToken: string | Secret;
  /** `!abc:example.org`: a room that is not encrypted. */
  readonly roomId: string;
  /** Whether later news about one issue or incident is a message in its thread, where no rule says otherwise. Default: it is. */
  readonly thread?: boolean;
  /** Messages a minute. Default 12, what Synapse allows a user; 0: no pace. */
  readonly perMinute?: number;
}

/**
 * One room of Matrix.
 * @throws Error when the homeserver, the token or the room cannot be one
 */
export function matrixDestination(options: MatrixOptions): Destination {
  const { name, homeserver, roomId, thread = true, perMinute = 12 } = options;
  const accessToken = Secret.of(options.accessToken);
  mustFit('matrixDestination', {
    homeserver: homeserverProblem(homeserver),
    accessToken: tokenProblem(accessToken.reveal()),
    roomId: roomProblem(roomId),
  });
  const settings = {
    homeserver: homeserver.replace(/\/$/, ''),
    access_token: accessToken,
    room_id: roomId,
    thread,
    per_minute: perMinute,
  };
  return createMatrix({ name, settings, clock: systemClock });
}
