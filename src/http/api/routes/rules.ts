import type { Logger } from '../../../shared/log.ts';
import { redact } from '../../../shared/secrets/redact.ts';
import {
  BacktestLine,
  BacktestWish,
  Rules,
  RulesChecked,
  RulesTested,
  RulesText,
  RulesWritten,
} from '../answers/rules.ts';
import { type Answer, type Caller, failure, json, type Route, route } from '../route.ts';
import type { RulesWorks } from '../running-system.ts';
import type { V1Deps } from '../v1-deps.ts';
import { ndjson } from './ndjson.ts';

const DAY_MS = 86_400_000;

const HELD =
  '`sources`, `destinations` and `retention` must be as the file has them; a variable or a payload that no rule or test of the file names is refused.';

const NOT_HERE = { not_here: 'A program of your own has no tidings.yaml.' };

export const RULE_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'GET',
    path: '/rules',
    tag: 'Rules',
    summary: 'The rules in force with what each told, and the file',
    command: 'config',
    role: 'viewer',
    answer: Rules,
    failures: NOT_HERE,
    handle: (_asked, deps) => withRules(deps, async (works) => json(await withCounts(await works.read(), deps))),
  }),
  route({
    method: 'POST',
    path: '/rules/check',
    tag: 'Rules',
    summary: 'What is wrong with a text, as if it were the file',
    description: `Nothing changes. ${HELD}`,
    command: 'config',
    role: 'viewer',
    body: RulesText,
    answer: RulesChecked,
    failures: NOT_HERE,
    handle: ({ body }, deps) => withRules(deps, async (works) => json(await works.check(body.text))),
  }),
  route({
    method: 'POST',
    path: '/rules/test',
    tag: 'Rules',
    summary: 'The tests of a text, by its rules',
    description: `Nothing changes, and nothing is sent. ${HELD}`,
    command: 'test --config new.yaml',
    role: 'viewer',
    body: RulesText,
    answer: RulesTested,
    failures: NOT_HERE,
    handle: ({ body }, deps) => withRules(deps, async (works) => json(await works.test(body.text))),
  }),
  route({
    method: 'POST',
    path: '/rules/backtest',
    tag: 'Rules',
    summary: 'What the rules of a text would have told of the newest events',
    description: `A line for each event of which other destinations would hear. Nothing is sent. Whoever hangs up cancels it. ${HELD}`,
    command: 'backtest --config new.yaml --limit 500',
    role: 'viewer',
    body: BacktestWish,
    answer: BacktestLine,
    contentType: 'application/x-ndjson',
    failures: { ...NOT_HERE, busy: 'A backtest runs already.' },
    handle: ({ body: { text, limit }, signal }, deps) =>
      withRules(deps, (works) => backtest(works, text, limit, signal)),
  }),
  route({
    method: 'PUT',
    path: '/rules/file',
    tag: 'Rules',
    summary: 'Write the file of settings',
    description: `\`If-Match\`: the \`etag\` of the file as it was read; \`none\` where there is none. ${HELD} It is in force as after any other change of the file.`,
    role: 'admin',
    body: RulesText,
    answer: RulesWritten,
    failures: {
      ...NOT_HERE,
      etag_needed: 'There is no `If-Match`.',
      changed: 'The file changed meanwhile.',
      wrong: 'The text cannot be used.',
      not_writable: 'The file cannot be written, or not from here.',
    },
    handle: ({ body, headers, caller }, deps) =>
      withRules(deps, (works) => write(works, body.text, etagIn(headers), caller, deps)),
  }),
];

async function withRules({ system }: V1Deps, use: (works: RulesWorks) => Promise<Answer>): Promise<Answer> {
  if (system !== null) return use(system.rules);
  return failure(501, 'not_here', 'A program of your own has no tidings.yaml: its rules stand in its code.');
}

async function withCounts(read: Awaited<ReturnType<RulesWorks['read']>>, { archive, clock }: V1Deps): Promise<Rules> {
  const now = clock.now();
  // Whole hours: of the first, all is counted.
  const counts = await archive.counts(now - 7 * DAY_MS, now);
  const byRule = (since: number) => {
    const made = new Map<string, number>();
    for (const { hour, what, name, count } of counts) {
      if (what === 'rule' && hour >= since) made.set(name, (made.get(name) ?? 0) + count);
    }
    return made;
  };
  const [day, week] = [byRule(now - DAY_MS), byRule(0)];
  const rules = read.rules.map((rule) => ({
    ...rule,
    told_24h: day.get(rule.name) ?? 0,
    told_7d: week.get(rule.name) ?? 0,
  }));
  return { ...read, rules };
}

async function backtest(works: RulesWorks, text: string, limit: number, signal: AbortSignal): Promise<Answer> {
  const gone = new AbortController();
  const lines = await works.backtest(text, limit, AbortSignal.any([signal, gone.signal]));
  if (lines === null) {
    return failure(
      429,
      'busy',
      'A backtest runs already, of somebody else or in another tab: try again when it is over.',
    );
  }
  return { kind: 'stream', contentType: 'application/x-ndjson', body: ndjson(lines, () => gone.abort()) };
}

/** `"abc"` and `abc`. Null: there is none that says one file. */
function etagIn(headers: Headers): string | null {
  const given = headers.get('if-match')?.trim() ?? '';
  const etag = /^"(.*)"$/.exec(given)?.[1] ?? given;
  return /^(?:[0-9a-f]{64}|none)$/.test(etag) ? etag : null;
}

async function write(
  works: RulesWorks,
  text: string,
  etag: string | null,
  caller: Caller,
  deps: V1Deps,
): Promise<Answer> {
  if (etag === null) {
    return failure(400, 'etag_needed', 'If-Match is missing: send the etag of the file as you read it.');
  }
  const written = await works.write(text, etag);
  if ('kind' in written) {
    await noted(deps, caller, `refused: ${written.message}`);
    const problems = (written.problems ?? []).map(({ where, message }) => `${where}: ${message}`);
    const { status, code } = REFUSED[written.kind];
    return failure(status, code, [written.message, ...problems.slice(0, 20)].join(' '));
  }
  await noted(deps, caller, `${written.says} SHA-256 ${etag.slice(0, 12)} → ${written.etag.slice(0, 12)}`);
  return json(written);
}

const REFUSED = {
  changed: { status: 412, code: 'changed' },
  wrong: { status: 422, code: 'wrong' },
  refused: { status: 403, code: 'not_writable' },
} as const;

/** The text itself stands nowhere but in the file. */
async function noted({ archive, clock, log }: V1Deps, { who, from }: Caller, outcome: string): Promise<void> {
  const audited = { at: clock.now(), who, from, what: 'write rules', about: 'tidings.yaml', outcome: redact(outcome) };
  log.info({ who, from, outcome: audited.outcome }, 'somebody writes the rules');
  await archive.noteAudited(audited).catch((error: unknown) => untold(log, error));
}

/** What was written is written: whoever did it must hear so. */
function untold(log: Logger, error: unknown): void {
  log.error({ err: error }, 'somebody wrote the rules, and the audit list could not take it');
}
