// What both engines write for people to read.

/** An attempt whose process died before it was settled. */
export const INTERRUPTED = 'the process stopped before the answer was recorded';

export function suspicion(id: number, original: number): string {
  return `same body as event ${original} under another delivery id: looks like a replay; \`tidings replay ${id}\` releases it`;
}

export function alreadyTold(eventId: number): string {
  return `already told as event ${eventId}`;
}
