import { hostname, userInfo } from 'node:os';
import type { Config } from '../../config/config.ts';
import { openExisting } from '../../inbox/open-inbox.ts';
import type { Asker, Desk } from '../../model/desk.ts';
import type { Audited } from '../../model/inbox/audits.ts';
import type { Mute } from '../../model/inbox/mutes.ts';
import { systemClock } from '../../shared/clock.ts';
import type { Surroundings } from '../surroundings.ts';
import { createDesk } from './desk.ts';

/** The desk beside a running server or without one, and what is kept of it. */
export interface OpenDesk extends AsyncDisposable {
  readonly desk: Desk;
  /** All that are in force, newest first. */
  mutes(limit: number): Promise<readonly Mute[]>;
  /** Who did what since a time, newest first. */
  audited(since: number, limit: number): Promise<readonly Audited[]>;
}

/** @throws an Error whose message says in words why the database cannot be opened */
export async function openDesk(
  config: Pick<Config, 'database' | 'sources' | 'directory'>,
  surroundings: Pick<Surroundings, 'version' | 'invocation'>,
  access: 'read' | 'write',
): Promise<OpenDesk> {
  const inbox = await openExisting(config.database, systemClock, access);
  return {
    desk: createDesk({ inbox, config, surroundings, clock: systemClock }),
    mutes: (limit) => inbox.mutesOf(null, systemClock.now(), limit),
    audited: (since, limit) => inbox.audited(since, limit),
    [Symbol.asyncDispose]: () => inbox[Symbol.asyncDispose](),
  };
}

/** Whoever types here, as the system names them. */
export function localAsker(): Asker {
  return { who: localUser(), login: null, from: `command line on ${hostname()}` };
}

function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container a user may have a number alone.
    return `user ${process.getuid?.() ?? ''}`.trim();
  }
}
