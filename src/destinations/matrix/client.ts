import type { Clock } from '../../shared/clock.ts';
import { type OutboundRequest, request } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { type MatrixAnswer, readAnswer } from './answer.ts';

const TIMEOUT_MS = 15_000;

export interface Client {
  /** `path`: below `/_matrix/client/v3/`. */
  ask(method: 'GET' | 'PUT' | 'POST', path: string, body: object | null, context: Context): Promise<MatrixAnswer>;
}

export type Context = Pick<OutboundRequest, 'signal' | 'departure'>;

/** https://spec.matrix.org/latest/client-server-api/#using-access-tokens */
export function clientOf(homeserver: string, token: Secret, clock: Clock): Client {
  const base = `${homeserver.replace(/\/+$/, '')}/_matrix/client/v3/`;
  return {
    async ask(method, path, body, context) {
      const result = await request({
        method,
        url: base + path,
        headers: {
          authorization: `Bearer ${token.reveal()}`,
          ...(body !== null && { 'content-type': 'application/json' }),
        },
        body: body === null ? undefined : JSON.stringify(body),
        timeoutMs: TIMEOUT_MS,
        ...context,
      });
      return readAnswer(result, clock.now());
    },
  };
}

export function roomPath(room: string, rest: string): string {
  return `rooms/${encodeURIComponent(room)}/${rest}`;
}
