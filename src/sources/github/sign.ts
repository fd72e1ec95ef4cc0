import type { Secret } from '../../shared/secret.ts';
import { signatureOf } from './verify.ts';

export interface Unsigned {
  readonly type: string;
  readonly guid: string;
  readonly body: Buffer;
}

/** The headers GitHub would send with this delivery. GitHub's own hook ids are above 1; ours is 1. */
export function signedHeaders({ type, guid, body }: Unsigned, secret: Secret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/tidings-sample',
    'x-github-event': type,
    'x-github-delivery': guid,
    'x-github-hook-id': '1',
    'x-hub-signature-256': signatureOf(secret, body),
  };
}
