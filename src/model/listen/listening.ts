import { bodyOrNull } from '../../shared/payload.ts';
import type { Standing } from './listen-context.ts';

/** How a source that listens stands, as the worker that is connected keeps it. */
export interface Listening {
  readonly standing: Standing;
  /** ms since 1970. */
  readonly since: number;
}

/** The cursor that keeps it. */
export function listeningCursor(source: string): string {
  return `listening ${source}`;
}

/** Null: it is not known. */
export function parseListening(text: string | null): Listening | null {
  const { kind, since, reason } = bodyOrNull(Buffer.from(text ?? '')) ?? {};
  if (typeof since !== 'number' || !Number.isSafeInteger(since)) return null;
  if (kind === 'connected') return { standing: { kind }, since };
  const isKnown = (kind === 'trying' || kind === 'stopped') && typeof reason === 'string';
  return isKnown ? { standing: { kind, reason }, since } : null;
}

export function listeningText({ standing, since }: Listening): string {
  return JSON.stringify({ ...standing, since });
}
