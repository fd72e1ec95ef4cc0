import type { Accept } from '../../accept/accept.ts';
import type { SecretRotation } from '../../accept/secret-rotation.ts';
import type { Config } from '../../config/config.ts';
import type { Destination } from '../../model/destination.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import type { InForce } from '../in-force.ts';
import type { Surroundings } from '../surroundings.ts';

/** What the halves of the running system that the API asks are made of. */
export interface SystemParts {
  /** The settings in force now: those of the start, with what changed since and can change while running. */
  readonly config: () => Config;
  /** Which rules are in force, in words. */
  readonly inForce: () => string;
  /** How the file is taken up again when it changes. */
  readonly reloading: Pick<InForce, 'next' | 'problems' | 'reloads'>;
  readonly surroundings: Surroundings;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly log: Logger;
  /** This process's front door. */
  readonly accept: Pick<Accept, 'handleWhole'>;
  /** Which of their secrets this process has seen in use. */
  readonly rotation: Pick<SecretRotation, 'standing'>;
  /** Those in force, opened. Whoever only looks sends nothing there. */
  readonly destinations: () => readonly Destination[];
}
