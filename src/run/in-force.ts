import { inForceAfter } from '../config/changes.ts';
import type { Config } from '../config/config.ts';
import { ConfigError, type Problem } from '../config/config-error.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/log.ts';
import { iso, plural } from '../shared/time-words.ts';

/** Which rules a process goes by, in words, as `/readyz` and `doctor` say them. */
export interface InForce {
  readonly words: () => string;
  /** The settings in force: what only a start can change is as it was started. */
  readonly config: () => Config;
  /** These settings were read, and are in force. */
  took(config: Config): void;
  /** A change cannot be used. Only places and sentences are kept of it: the lines of a file may hold secrets. */
  refused(error: unknown): void;
  /** Whether the last change was refused. */
  readonly isRefused: () => boolean;
  /** False: this process never looks at the file again. */
  readonly reloads: boolean;
  /** What is wrong with the last change: places and sentences, no lines. Empty: it is in force. */
  readonly problems: () => readonly Problem[];
  /** Resolves when the next change is in force, or refused. */
  readonly next: () => Promise<void>;
}

export function createInForce(config: Config, clock: Clock): InForce {
  let rules = rulesIn(config, clock);
  let current = config;
  let trouble: string | null = null;
  let problems: readonly Problem[] = [];
  let turn = Promise.withResolvers<void>();
  const settle = () => {
    turn.resolve();
    turn = Promise.withResolvers();
  };
  return {
    words: () => (trouble === null ? rules : `${trouble}. In force stay ${rules}.`),
    config: () => current,
    took(next) {
      current = inForceAfter(config, next);
      rules = rulesIn(next, clock);
      trouble = null;
      problems = [];
      settle();
    },
    refused(error) {
      trouble = troubleOf(error);
      problems = error instanceof ConfigError ? error.problems.map((each) => ({ ...each, excerpt: null })) : [];
      settle();
    },
    isRefused: () => trouble !== null,
    reloads: true,
    problems: () => problems,
    next: () => turn.promise,
  };
}

/** What is wrong with the file, though its rules are in force. */
export function logNotes({ notes }: Config, log: Pick<Logger, 'warn'>): void {
  for (const note of notes) log.warn(note);
}

function rulesIn({ rules, hasDefaultRules }: Config, clock: Clock): string {
  return `${plural(rules.length, hasDefaultRules ? 'built-in rule' : 'rule')}, loaded ${iso(clock.now())}`;
}

/** `tidings.yaml changed and cannot be used: tidings.yaml:9:9: two is not a key here` */
function troubleOf(error: unknown): string {
  const problems = error instanceof ConfigError ? error.problems : [];
  const [first, ...others] = problems;
  if (first === undefined) return `the settings changed and cannot be used: ${withoutStop(String(error))}`;
  const file = /^(.+):\d+:\d+$/.exec(first.where)?.[1] ?? 'the settings';
  const more = others.length === 0 ? '' : `, and ${plural(others.length, 'more problem')}`;
  return `${file} changed and cannot be used: ${first.where}: ${withoutStop(first.message)}${more}`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
