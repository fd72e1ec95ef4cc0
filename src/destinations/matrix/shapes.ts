import { isHttpUrl } from '../../config/parts/http-url.ts';

// What people paste and what it should have been, as predicates. A token is a secret and is not repeated.

export const HOMESERVER_VARIABLE = 'MATRIX_HOMESERVER';
export const TOKEN_VARIABLE = 'MATRIX_ACCESS_TOKEN';
export const ROOM_VARIABLE = 'MATRIX_ROOM_ID';

export function homeserverProblem(text: string): string | undefined {
  const url = isHttpUrl(text) ? URL.parse(text) : null;
  if (url !== null && url.search === '' && url.hash === '' && !url.pathname.includes('/_matrix')) return undefined;
  return 'must be the base address of a homeserver, as in https://matrix.example.org.';
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
export function tokenProblem(text: string): string | undefined {
  if (/^[\w.~+/=-]{8,}$/.test(text)) return undefined;
  return 'is not an access token: log the bot in once, and in Element open Settings → Help & About → Access Token.';
}

/** https://spec.matrix.org/latest/appendices/#room-ids: newer rooms name no server. */
export const ROOM = '^![^\\s/:]{1,200}(?::[\\w.:\\[\\]-]{1,200})?$';

export function roomProblem(text: string): string | undefined {
  if (new RegExp(ROOM).test(text)) return undefined;
  return 'must be the id of a room in quotes, as in "!abc:example.org": in Element, the room → Settings → Advanced → Internal room ID. `tidings connect matrix --room=#name:server` finds it.';
}

/** https://spec.matrix.org/latest/appendices/#user-identifiers */
export const USER = '^@[a-z0-9._=/+-]{1,200}:[\\w.:\\[\\]-]{1,200}$';

export function userProblem(text: string): string | undefined {
  return new RegExp(USER).test(text) ? undefined : 'must be a user of Matrix, as in "@mona:example.org" (in quotes).';
}
