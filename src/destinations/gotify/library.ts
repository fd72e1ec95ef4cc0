import type { Destination } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { mustFit } from '../must-fit.ts';
import { appTokenProblem } from './app-token.ts';
import { gotifyDestination as createGotify } from './gotify-destination.ts';

export interface GotifyOptions {
  readonly name: string;
  /** Of the server, as in `https://gotify.example.com`. */
  readonly url: string;
  /** Of an application. */
  readonly token: string | Secret;
  /** 0 to 10, for every message. Default: 8 for bad news and where somebody is called, else 5. */
  readonly priority?: number;
}

/**
 * One application at a Gotify server.
 * @throws Error when the token cannot be one
 */
export function gotifyDestination({ name, url, priority, ...options }: GotifyOptions): Destination {
  const token = Secret.of(options.token);
  mustFit('gotifyDestination', { token: appTokenProblem(token.reveal()) });
  const settings = { url: url.replace(/\/$/, ''), token, ...(priority !== undefined && { priority }) };
  return createGotify({ name, settings, clock: systemClock });
}
