// What both engines write for people to read.

/** An attempt whose process died before the attempt was ended. */
export const INTERRUPTED = 'the process stopped before the answer was recorded';

/** `differs`: what the copy says differently, none of which is signed. */
export function suspicion(original: number, differs: { readonly guid: boolean }): string {
  const how = differs.guid ? 'under another delivery id' : 'as another type of event';
  return `same body as event ${original} ${how}: looks like a replay`;
}

export function alreadyTold(eventId: number): string {
  return `already told as event ${eventId}`;
}
