import type { FailureStatus } from './route.ts';

/** code → status, everywhere the same: a program looks at the code alone. */
export const STATUS_OF = {
  bad_query: 400,
  bad_body: 400,
  etag_needed: 400,
  token_needed: 401,
  viewer_only: 403,
  not_writable: 403,
  not_found: 404,
  wrong_method: 405,
  already_running: 409,
  cannot_test: 409,
  changed: 412,
  too_large: 413,
  not_messages: 422,
  nothing_to_replay: 422,
  wrong: 422,
  busy: 429,
  too_many_replays: 429,
  too_soon: 429,
  internal: 500,
  no_file: 501,
  not_here: 501,
  unavailable: 503,
  too_many_streams: 503,
} as const satisfies Readonly<Record<string, FailureStatus>>;

/** code → in words: what every row may answer. */
export const ANY_FAILS: Readonly<Record<string, string>> = {
  token_needed: 'Neither a token nor a session opens it.',
  bad_query: 'A name in the query is unknown, came twice, or its value is not understood.',
  internal: 'A bug of Tidings. The log says more.',
  unavailable: 'The database does not answer. See /readyz.',
};

/** What a row with parameters in its path may answer. */
export const PARAMS_FAIL: Readonly<Record<string, string>> = { not_found: 'There is no such thing.' };

/** What a row with a body may answer. */
export const BODY_FAILS: Readonly<Record<string, string>> = {
  bad_body: 'The body is no JSON in UTF-8, or not what is asked for.',
  too_large: 'The body is larger than 2 MiB.',
};

/** What a row may answer that changes something. */
export const CHANGE_FAILS: Readonly<Record<string, string>> = {
  viewer_only: 'The token or session sees all and changes nothing.',
};
