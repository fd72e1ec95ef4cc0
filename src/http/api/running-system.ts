import type { Finding } from '../../model/plugin/finding.ts';
import type { TestSent } from './answers/lanes.ts';
import type { MessagePreviews } from './answers/preview.ts';
import type { BacktestLine, Rules, RulesChecked, RulesTested, RulesWritten } from './answers/rules.ts';
import type { SampleSent, Setup } from './answers/setup.ts';
import type { Caller } from './route.ts';

/** A destination as this process knows it. */
export interface KnownPlace {
  readonly name: string;
  readonly type: string;
  /** Where, without secrets. */
  readonly words: string;
  readonly paceMs: number | null;
  readonly digestOver: number | null;
  readonly concurrency: number | null;
  /** Why no test message can be sent there, as a sentence. Null: one can. */
  readonly whyNoTest: string | null;
}

/** The text cannot be written: it changed meanwhile, it is wrong, or the file can't be written. `message` for people. */
export type NotWritten = {
  readonly kind: 'changed' | 'wrong' | 'refused';
  readonly message: string;
  readonly problems?: RulesChecked['problems'];
};

/** What tidings.yaml says and would say. Nothing here shows a secret, or the value of a variable that the file in force does not name. */
export interface RulesWorks {
  read(): Promise<
    Omit<Rules, 'rules'> & { readonly rules: readonly Omit<Rules['rules'][number], 'told_24h' | 'told_7d'>[] }
  >;
  check(text: string): Promise<RulesChecked>;
  test(text: string): Promise<RulesTested>;
  /** Null: one runs already. Ends early where `signal` aborts. */
  backtest(text: string, limit: number, signal: AbortSignal): Promise<AsyncIterable<BacktestLine> | null>;
  /** Through a temporary file and a rename, if the file is still the one of that etag; `none`: if there is none. */
  write(text: string, etag: string): Promise<RulesWritten | NotWritten>;
}

export interface SourceFindings {
  readonly findings: readonly (Finding & { readonly source: string })[];
  /** What could not be asked, and why, a sentence each. */
  readonly unknown: readonly string[];
}

/** A source while its secret is changed, as far as this process has seen. */
export interface Rotation {
  readonly source: string;
  /** Where a person removes one: `GITHUB_WEBHOOK_SECRET`. */
  readonly setting: string;
  /** Which the last deliveries matched, from 1. Null: none came since the start. */
  readonly secretNo: number | null;
  /** ms since 1970 */
  readonly since: number;
  /** The others can be removed. */
  readonly isOver: boolean;
  /** By secret number - 1, ms since 1970. Null: not since the start. */
  readonly lastUsed: readonly (number | null)[];
}

/** What the API asks of the running system beside its store. */
export interface RunningSystem {
  places(): Promise<readonly KnownPlace[]>;
  /** Where a person on this machine reaches the server, without a slash at its end. */
  localUrl(): string;
  readonly rules: RulesWorks;
  /** Null `to`: those that it was addressed to. Null: there is no such event. */
  preview(eventId: number, to: string | null): Promise<MessagePreviews | null>;
  /** What happened, one sentence, and its page. Null: there is no such event. */
  said(eventId: number): Promise<{ readonly said: string | null; readonly url: string | null } | null>;
  /** What `if:` sees of it, or why nothing. Null: there is no such event. */
  activity(
    eventId: number,
  ): Promise<{ readonly activity: Readonly<Record<string, unknown>> | null; readonly reason: string | null } | null>;
  setup(): Promise<Setup>;
  /** What providers say of the webhooks that call here, asked now or within the last minutes. */
  findings(): Promise<SourceFindings>;
  /** The sources that have more than one secret. */
  rotations(): readonly Rotation[];
  /** A signed sample, through the front door. */
  sendSample(name: string | null): Promise<SampleSent>;
  /** Null: there is no such destination here. */
  sendTest(destination: string, by: Caller): Promise<TestSent | null>;
}
