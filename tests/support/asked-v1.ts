import type { Caller } from '../../src/http/api/route.ts';
import { createV1 } from '../../src/http/api/v1.ts';
import type { V1Deps } from '../../src/http/api/v1-deps.ts';
import { apiDeps } from './asked-api.ts';
import { heldToSchema } from './held-to-schema.ts';

export const ADMIN: Caller = { role: 'admin', who: 'admin token', from: '203.0.113.9' };
export const VIEWER: Caller = { role: 'viewer', who: 'viewer token', from: '203.0.113.9' };

interface Asking {
  readonly caller?: Caller;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, unless it is a text or bytes. */
  readonly body?: unknown;
}

export interface V1Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined: it is none. */
  readonly json: unknown;
}

/** Asks /api/v1 without a door; every answer is held to the schema of its row. `path`: below /api/v1. */
export function askingV1(over: Partial<Omit<V1Deps, 'feed' | 'acting'>> = {}) {
  const v1 = createV1({ ...apiDeps(over), startedAt: '2030-01-01T00:00:00.000Z', ...over });
  const asks = async (method: string, path: string, { caller = ADMIN, headers = {}, body }: Asking = {}) => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body === undefined;
    const sent = isRaw ? (body as string | undefined) : JSON.stringify(body);
    const request = new Request(`http://localhost/api/v1${path}`, {
      method,
      headers,
      ...(sent !== undefined && { body: sent }),
    });
    return v1.fetch(request, { caller });
  };
  const ask = async (method: string, path: string, asking: Asking = {}): Promise<V1Told> => {
    const response = await asks(method, path, asking);
    const text = await response.text();
    const { status, headers } = response;
    heldToSchema(method, path, { status, contentType: headers.get('content-type'), text });
    return {
      status,
      headers,
      text,
      json: headers.get('content-type')?.startsWith('application/json') && text !== '' ? JSON.parse(text) : undefined,
    };
  };
  return { ask, asks };
}
