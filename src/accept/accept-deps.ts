import type { NewEvent } from '../model/event.ts';
import type { Appended, Intake } from '../model/inbox/intake.ts';
import type { Source } from '../model/source.ts';
import type { Telemetry } from '../model/telemetry.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import { ByteBudget, type ByteLimits } from './byte-budget.ts';
import { type UrlOf, urlsBy } from './proxies/called-url.ts';
import { trustedProxies } from './proxies/trusted-proxies.ts';
import { createRefusalLog, type RefusalLog } from './refusal-log.ts';
import { type ConfiguredSecrets, createSecretRotation, type SecretRotation } from './secret-rotation.ts';
import type { TallyKeeper } from './tally-keeper.ts';

export interface AcceptDeps {
  /** By name: the `<source>` of `/webhooks/<source>`. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly intake: Intake;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of bodies, and of all requests not answered yet. */
  readonly limits: ByteLimits;
  /** What providers call us by, without the path: some sign it. Null: whatever the edge or a trusted proxy knows. */
  readonly publicUrl?: string | null | undefined;
  /** Addresses and networks whose word on the requests that they pass on is believed. Default: nobody's. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Sources with more than one secret are told when an old one is no longer used. */
  readonly secrets?: ReadonlyMap<string, ConfiguredSecrets> | undefined;
  /** Where it is seen which secrets are used. Default: one of its own. */
  readonly rotation?: SecretRotation | undefined;
  /** Where refusals are told. Default: `log`, a line for each kind in ten seconds. */
  readonly refusalLog?: RefusalLog | undefined;
  /** Where what is not stored is counted. Without it: nowhere. */
  readonly tally?: Pick<TallyKeeper, 'count'> | undefined;
  /** After the commit, before the answer. Its event's `body` is gone afterwards. Must not throw. */
  readonly onAccepted?: ((event: NewEvent, appended: Appended) => void) | undefined;
}

/** What the steps of the story work with: what was given, and what all requests share. */
export interface AcceptParts extends AcceptDeps {
  readonly budget: ByteBudget;
  readonly urlOf: UrlOf;
  readonly refusalLog: RefusalLog;
  readonly rotation: SecretRotation;
}

export function partsOf(deps: AcceptDeps): AcceptParts {
  const { clock, log, limits, secrets, publicUrl, tally } = deps;
  const proxies = trustedProxies(deps.trustedProxies ?? []);
  return {
    ...deps,
    urlOf: urlsBy(publicUrl, proxies),
    budget: new ByteBudget(limits, clock),
    refusalLog: deps.refusalLog ?? createRefusalLog({ clock, log, proxies, tally }),
    rotation: deps.rotation ?? createSecretRotation(secrets ?? new Map(), clock, log),
  };
}

/** The source's own limit, where it is below the one that is set. */
export function maxBytesOf({ limits }: AcceptParts, { maxBodyBytes = limits.maxBodyBytes }: Source): number {
  return Math.min(maxBodyBytes, limits.maxBodyBytes);
}
