import { ConnectError } from '../model/plugin/connect.ts';
import type { Talk } from '../model/plugin/talk.ts';

// What every destination's `connect` does in the same words; how it takes and keeps a secret: src/model/plugin/keeping.ts.

/** The other side says no, or cannot be asked; or a person stopped it. */
export function notConnected(
  { signal }: Talk,
  { kind, problem }: { readonly kind: string; readonly problem: string },
): ConnectError {
  if (signal.aborted) return new ConnectError('interrupted', 'Interrupted. Nothing was written.');
  const reason = kind === 'refused' ? 'failed' : 'unreachable';
  return new ConnectError(reason, `Not connected, nothing was written: ${problem}.`);
}
