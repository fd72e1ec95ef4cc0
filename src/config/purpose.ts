/**
 * What a configuration is loaded for. A variable that is not set is an error only where its value is about to be used, and
 * `tests:` are in nobody's way but their own.
 *
 * What a source listens with goes with the destinations: workers listen.
 *
 * | purpose | commands                                          | webhook secrets | destinations | `tests:` |
 * |---------|---------------------------------------------------|-----------------|--------------|----------|
 * | both    | start, doctor                                     | must be set     | must be set  | noted    |
 * | receive | receive, listen, send, connect github             | must be set     |              | noted    |
 * | work    | work, poll                                        |                 | must be set  | noted    |
 * | read    | config, backtest, events, explain and all the rest |                 |              | noted    |
 * | test    | test                                              |                 |              | checked  |
 */
export type Purpose = 'both' | 'receive' | 'work' | 'read' | 'test';

export function receives(purpose: Purpose): boolean {
  return purpose === 'both' || purpose === 'receive';
}

export function sends(purpose: Purpose): boolean {
  return purpose === 'both' || purpose === 'work';
}
