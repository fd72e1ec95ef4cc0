import type { Audits } from '../../model/inbox/audits.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import { redact } from '../../shared/secrets/redact.ts';
import type { Caller } from '../api/route.ts';

export interface Act {
  /** `pause`, `replay`: what the audit list calls it. */
  readonly what: string;
  /** Null: nothing single. */
  readonly about: string | null;
  readonly outcome: string;
}

export interface ActDeps {
  readonly archive: Pick<Audits, 'noteAudited'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Whatever somebody changed goes into the audit list, and into the log. */
export async function noteAct({ archive, clock, log }: ActDeps, { who, from }: Caller, act: Act): Promise<void> {
  const about = act.about === null ? null : redact(act.about);
  const outcome = redact(act.outcome);
  log.info(
    { who, from, what: act.what, about },
    `${who} (${from}): ${act.what}${about === null ? '' : ` ${about}`}: ${outcome}`,
  );
  await archive.noteAudited({ at: clock.now(), who, from, what: act.what, about, outcome });
}
