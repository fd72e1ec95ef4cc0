import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';

const MIN_DELIVERIES = 20;
const MIN_MS = 60 * 60 * 1000;

/** How many secrets a source has, and the setting a person edits to remove one (`GITHUB_WEBHOOK_SECRET`). */
export interface ConfiguredSecrets {
  readonly count: number;
  readonly setting: string;
}

export interface SecretRotation {
  verified(source: string, secretNo: number): void;
  /** How far each source with more than one secret is, as far as this process has seen. */
  standing(): readonly RotationStanding[];
}

export interface RotationStanding {
  readonly source: string;
  readonly setting: string;
  /** Which secret the last deliveries matched, from 1. Null: none came since the start. */
  readonly secretNo: number | null;
  /** Since when that one alone was used, ms since 1970. */
  readonly since: number;
  /** The others can be removed. */
  readonly isOver: boolean;
  /** By secret number - 1: when it was last used, ms since 1970. Null: not since the start. */
  readonly lastUsed: readonly (number | null)[];
}

interface Streak {
  secretNo: number;
  since: number;
  deliveries: number;
  told: boolean;
  readonly startedAt: number;
  /** By secret number - 1. */
  readonly lastUsed: (number | null)[];
}

/**
 * Tells when a rotation is finished: the last 20 or more deliveries, over an hour or more, all matched one secret.
 * Says it once; another use of an old secret takes it back and begins again.
 */
export function createSecretRotation(
  configured: ReadonlyMap<string, ConfiguredSecrets>,
  clock: Clock,
  log: Logger,
): SecretRotation {
  const streaks = new Map<string, Streak>();
  for (const [source, { count }] of configured) {
    if (count < 2) continue;
    const now = clock.now();
    const lastUsed = Array<null>(count).fill(null);
    streaks.set(source, { secretNo: 0, since: now, deliveries: 0, told: false, startedAt: now, lastUsed });
  }

  return {
    verified(source, secretNo) {
      const streak = streaks.get(source);
      if (streak === undefined) return;
      const now = clock.now();
      streak.lastUsed[secretNo - 1] = now;
      if (streak.secretNo !== secretNo) Object.assign(streak, { secretNo, since: now, deliveries: 0, told: false });
      streak.deliveries += 1;
      if (streak.told || streak.deliveries < MIN_DELIVERIES || now - streak.since < MIN_MS) return;
      streak.told = true;
      const setting = configured.get(source)?.setting ?? '';
      for (const [index, lastUsed] of streak.lastUsed.entries()) {
        if (index + 1 === secretNo) continue;
        log.info(
          { source, secret: index + 1 },
          `secret ${index + 1} of source ${source} has not been used since ${new Date(lastUsed ?? streak.startedAt).toISOString()}: it can be removed from ${setting}`,
        );
      }
    },
    standing() {
      return Array.from(streaks, ([source, { secretNo, since, told, lastUsed }]) => ({
        source,
        setting: configured.get(source)?.setting ?? '',
        secretNo: secretNo === 0 ? null : secretNo,
        since,
        isOver: told,
        lastUsed: [...lastUsed],
      }));
    },
  };
}
