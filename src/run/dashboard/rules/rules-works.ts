import { CATALOG } from '../../../catalog.ts';
import type { Config } from '../../../config/config.ts';
import { ConfigError, type Problem } from '../../../config/config-error.ts';
import { redactedRule } from '../../../config/describe/describe-config.ts';
import { ruleWords } from '../../../config/describe/rule-words.ts';
import { withDotEnv } from '../../../config/read/dot-env.ts';
import { configFilePath, shownName } from '../../../config/read/read-config-file.ts';
import { starterFile } from '../../../config/starter-file.ts';
import type { FileText } from '../../../config/trial/file-text.ts';
import { lookAtText } from '../../../config/trial/look-at-text.ts';
import type { BacktestLine } from '../../../http/api/answers/rules.ts';
import type { RulesWorks } from '../../../http/api/running-system.ts';
import type { Rule } from '../../../model/rule.ts';
import { redact, redactAll } from '../../../shared/secrets/redact.ts';
import { iso } from '../../../shared/time-words.ts';
import { load } from '../../load.ts';
import type { SystemParts } from '../system-parts.ts';
import { fileProblem } from './file-problem.ts';
import { sweepBeside } from './replace-file.ts';
import { type RulesFile, readRulesFile, whyNotWritable } from './rules-file.ts';
import type { SeenFile } from './trial-protocol.ts';
import { createTrials, type Trials } from './trials.ts';
import { whyNotFromHere, writeRules } from './write-rules.ts';

type Parts = Pick<SystemParts, 'config' | 'inForce' | 'reloading' | 'surroundings' | 'clock'>;

/** What tidings.yaml says, and would say. */
export function createRulesWorks(parts: Parts, trialsOf = createTrials): RulesWorks {
  const { surroundings, clock, reloading } = parts;
  const { env, cwd } = surroundings;
  const purpose = reloading.reloads ? 'both' : 'receive';
  const trials: Trials = trialsOf({ env: { ...env }, cwd, purpose }, clock);
  const place = () => configFilePath(withDotEnv(env, cwd, []), cwd);
  const look = remembered((text) => lookAtText(text, { catalog: CATALOG, env: withDotEnv(env, cwd, []), cwd }));
  sweepBeside(place(), clock);

  async function seen(): Promise<{ readonly file: SeenFile; readonly trouble: Problem | null }> {
    const { file, trouble } = await readable(place());
    return { file: file && { text: file.text, shown: (await look(file)).shown }, trouble };
  }

  return {
    async read() {
      const path = place();
      const { file, trouble } = await readable(path);
      const looked = file && (await look(file));
      const { config, problems } = await inForceNow(parts);
      return {
        in_force: redact(parts.inForce()),
        rules: config.rules.map((rule, index) => ({
          name: redact(rule.name),
          ...plainWords(rule, index, config),
          line: looked?.written?.lineOfRule(rule.name) ?? null,
        })),
        file: file && looked && fileAnswer(path, cwd, file, looked),
        template: file === null && trouble === null ? TEMPLATE : null,
        problems: [...(trouble === null ? [] : [trouble]), ...problems].map(fileProblem),
        notes: config.notes.map(redact),
        tests: looked?.written?.tests ?? config.tests.length,
      };
    },
    async check(text) {
      const { file, trouble } = await seen();
      if (trouble !== null) return { ok: false, problems: [fileProblem(trouble)], notes: [], rules: 0, tests: 0 };
      const { hasSecrets: _, ...checked } = await trials.check(text, file);
      return checked;
    },
    async test(text) {
      const { file, trouble } = await seen();
      if (trouble !== null) return { ok: false, problems: [fileProblem(trouble)], results: [] };
      return trials.test(text, file);
    },
    async backtest(text, limit, signal) {
      const { file, trouble } = await seen();
      return trouble === null ? trials.backtest(text, file, limit, signal) : refusedFor(trouble);
    },
    write: (text, etag) => writeRules({ ...parts, trials, look, path: place() }, text, etag),
  };
}

const TEMPLATE = starterFile({ tell: 'team', repos: [], ignoresBots: true });

function fileAnswer(path: string, cwd: string, file: RulesFile, looked: FileText) {
  const why = whyNotWritable(path, file) ?? whyNotFromHere(file, looked);
  return {
    path: shownName(path, cwd),
    text: looked.shown,
    etag: file.etag,
    changed_at: iso(file.changedAt),
    writable: why === null,
    why_not_writable: why,
  };
}

/** Whether a text may stand in the file's place is asked of the file: where that cannot be read, nobody can say. */
async function* refusedFor(trouble: Problem): AsyncGenerator<BacktestLine> {
  yield { kind: 'refused', problems: [fileProblem(trouble)], says: 'The file itself cannot be read.' };
}

async function readable(path: string): Promise<{ readonly file: RulesFile | null; readonly trouble: Problem | null }> {
  try {
    return { file: readRulesFile(path), trouble: null };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { file: null, trouble: { where: path, message: `${message}.`, excerpt: null } };
  }
}

/** A process that never looks at the file again shows what the others take from it. */
async function inForceNow({
  config,
  reloading,
  surroundings,
}: Parts): Promise<{ readonly config: Config; readonly problems: readonly Problem[] }> {
  if (reloading.reloads) return { config: config(), problems: reloading.problems() };
  try {
    return { config: await load({ readOnly: true, purpose: 'read' }, surroundings), problems: [] };
  } catch (error) {
    if (error instanceof ConfigError) return { config: config(), problems: error.problems };
    throw error;
  }
}

function plainWords(rule: Rule, index: number, config: Config) {
  const { on, of, to, details, says } = redactAll({ ...ruleWords(rule, redactedRule(rule, index, config)) });
  return { on: [...on], of, to: [...to], details: [...details], says };
}

/** The last file that was looked at: it is read at each visit, and seldom changes. */
function remembered(look: (text: string) => Promise<FileText>): (file: RulesFile) => Promise<FileText> {
  let last: { readonly etag: string; readonly looked: Promise<FileText> } | undefined;
  return ({ etag, text }) => {
    if (last?.etag !== etag) last = { etag, looked: look(text) };
    return last.looked;
  };
}
