import type { Purpose } from '../../../config/purpose.ts';
import type { Env } from '../../../config/read/process-env.ts';
import type { BacktestLine, RulesChecked, RulesTested } from '../../../http/api/answers/rules.ts';

/** What a thread of trials is given. */
export interface TrialsGiven {
  readonly env: Env;
  readonly cwd: string;
  /** What must be set for the settings to be in force. */
  readonly purpose: Purpose;
}

/** The file as it is, and as whoever sends a text has seen it. Null: there is none. */
export type SeenFile = { readonly text: string; readonly shown: string } | null;

export type TrialAsk = { readonly text: string; readonly file: SeenFile } & (
  | { readonly kind: 'check' | 'test' }
  | { readonly kind: 'backtest'; readonly limit: number }
);

/** `hasSecrets`: one stands in the text itself. */
export type Checked = RulesChecked & { readonly hasSecrets: boolean };

export type TrialReply =
  | { readonly kind: 'checked'; readonly value: Checked }
  | { readonly kind: 'tested'; readonly value: RulesTested }
  | { readonly kind: 'line'; readonly value: BacktestLine }
  | { readonly kind: 'failed'; readonly message: string };

/** The reader took a line of those that wait for one. */
export const TAKEN = 'taken';
/** How many lines of changes wait for their reader, before reading goes on. */
export const MOST_WAITING = 100;
