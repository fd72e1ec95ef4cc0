import type { StandardPrefix } from '../../shared/standard-webhooks.ts';
import type { SenderName } from './senders/names.ts';

export const PREFIXES = ['webhook', 'svix'] as const satisfies readonly StandardPrefix[];

/** As tidings.yaml has it. */
export interface StandardSettings {
  /** Undefined: known by what it says. */
  readonly sender?: SenderName | undefined;
  /** Undefined: `webhook-*`, or `svix-*` where those are not there. */
  readonly headers?: (typeof PREFIXES)[number] | undefined;
  readonly tolerance_seconds?: number | undefined;
}
