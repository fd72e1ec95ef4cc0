import { CATALOG } from '../../../catalog.ts';
import type { Config } from '../../../config/config.ts';
import { ConfigError, type Problem } from '../../../config/config-error.ts';
import type { Purpose } from '../../../config/purpose.ts';
import { withDotEnv } from '../../../config/read/dot-env.ts';
import { lookAtText } from '../../../config/trial/look-at-text.ts';
import { HELD_SECTIONS, notFromHere } from '../../../config/trial/may-differ.ts';
import type { BacktestLine, RulesTested } from '../../../http/api/answers/rules.ts';
import { changeJson } from '../../../http/backtest-json.ts';
import { PLAIN } from '../../../http/explain/plain.ts';
import type { BacktestSummary } from '../../../model/trial/backtest.ts';
import { redact } from '../../../shared/secrets/redact.ts';
import { plural } from '../../../shared/time-words.ts';
import { runBacktest } from '../../backtest.ts';
import { load } from '../../load.ts';
import { rehearseAll } from '../../rehearse.ts';
import { runLines, runOf } from '../../test-results.ts';
import { fileProblem } from './file-problem.ts';
import type { Checked, SeenFile, TrialsGiven } from './trial-protocol.ts';

interface Tried {
  readonly text: string;
  readonly file: SeenFile;
}

type Loaded =
  | { readonly ok: true; readonly config: Config; readonly hasSecrets: boolean }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly hasSecrets: boolean };

/** A text that is not the file, as if it were. What it may change is decided before anything of it is used. */
async function loaded({ text, file }: Tried, purpose: Purpose, { env, cwd }: TrialsGiven): Promise<Loaded> {
  const around = { catalog: CATALOG, env: withDotEnv(env, cwd, []), cwd };
  const looked = await lookAtText(text, around);
  const seen = file && (await lookAtText(file.shown, around));
  const hasSecrets = looked.shown !== text;
  if (seen !== null && seen.written === null) return { ok: false, problems: [NO_YAML], hasSecrets };
  const problems = looked.written === null ? [] : notFromHere(looked.written, seen?.written ?? null);
  if (problems.length > 0) return { ok: false, problems, hasSecrets };
  const held = file !== null && file.shown !== file.text ? { text: file.text, sections: HELD_SECTIONS } : null;
  try {
    const config = await load({ readOnly: true, purpose, instead: { text, held } }, { env, cwd });
    if (looked.written === null) throw new Error('a text that is no YAML was read');
    return { ok: true, config, hasSecrets };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { ok: false, problems: error.problems, hasSecrets };
  }
}

const NO_YAML: Problem = {
  where: 'tidings.yaml',
  message:
    'the file itself is no YAML now, so nobody can say what this text changes. Mend it in the file itself first.',
  excerpt: null,
};

/** Everything that is wrong with it, its tests included. */
export async function checkText(tried: Tried, given: TrialsGiven): Promise<Checked> {
  const withTests = await loaded(tried, 'test', given);
  const whole = withTests.ok ? await loaded(tried, given.purpose, given) : withTests;
  const { hasSecrets } = whole;
  if (!whole.ok) {
    return { ok: false, problems: whole.problems.map(fileProblem), notes: [], rules: 0, tests: 0, hasSecrets };
  }
  const { notes, rules, tests } = whole.config;
  return {
    ok: true,
    problems: [],
    notes: notes.map(redact),
    rules: rules.length,
    tests: tests.length,
    hasSecrets,
  };
}

export async function testText(tried: Tried, given: TrialsGiven): Promise<RulesTested> {
  const found = await loaded(tried, 'test', given);
  if (!found.ok) return { ok: false, problems: found.problems.map(fileProblem), results: [] };
  const { tests } = found.config;
  const made = await rehearseAll(tests, found.config);
  const results = tests
    .flatMap((test, index) => runOf(test, made[index]))
    .map((run) => {
      const [, ...lines] = runLines(run, PLAIN);
      return { name: redact(run.test.name), ok: run.ok, lines: lines.map((line) => redact(line.replace(/^ {4}/, ''))) };
    });
  return { ok: results.every(({ ok }) => ok), problems: [], results };
}

/** The newest `limit` events by the rules of the file, and by those of the text. `onLine` says when reading may go on. */
export async function backtestText(
  tried: Tried & { readonly limit: number },
  given: TrialsGiven,
  onLine: (line: BacktestLine) => Promise<void>,
): Promise<void> {
  const found = await loaded(tried, 'read', given);
  if (!found.ok) return onLine(refused('This text cannot be used as it is.', found.problems));
  let config: Config;
  try {
    config = await load({ readOnly: true, purpose: 'read' }, given);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return onLine(refused('The file itself cannot be used now, so there is nothing to compare with.', error.problems));
  }
  const { limit } = tried;
  const summary = await runBacktest({
    config,
    other: found.config,
    request: { since: 0, limit },
    listener: {
      onRead: (done, total) => void onLine({ kind: 'read', done, total }),
      onChange: (change) => onLine(changeJson(change)),
    },
  });
  const { events, fewer, more, same: unchanged } = summary;
  return onLine({ kind: 'end', events, fewer, more, same: unchanged, says: summaryWords(summary) });
}

function refused(says: string, problems: readonly Problem[]): BacktestLine {
  return { kind: 'refused', problems: problems.map(fileProblem), says };
}

function summaryWords({ events, fewer, more, same: unchanged, unjudged, unread, gone }: BacktestSummary): string[] {
  const lost = gone > 0 ? [`${plural(gone, 'event')} could not be read: the bodies are gone, see \`retention:\`.`] : [];
  if (events === 0) return gone > 0 ? lost : ['No events are stored yet.'];
  const [one, two, three] = [fewer, more, unchanged].map((count) => count.toLocaleString('en-US'));
  return [
    `${one} fewer, ${two} more, ${three} the same (over the newest ${plural(events, 'event')}). Nothing was sent.`,
    ...(unjudged > 0
      ? [`${plural(unjudged, 'event')} could not be judged: a rule asks for changed files, and they are not stored.`]
      : []),
    ...(unread > 0 ? [`${plural(unread, 'event')} could not be read.`] : []),
    ...lost,
  ];
}
