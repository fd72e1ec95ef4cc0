import type { Command } from 'commander';
import type { Config, RuleTest } from '../../config/config.ts';
import { shortPath } from '../../config/describe/place-words.ts';
import type { Rehearsal, Rehearsed } from '../../model/trial/rehearsal.ts';
import { heldOf, type Run, runLines, runOf, saidBy } from '../../run/test-results.ts';
import { plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, loadConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';

interface TestOptions {
  readonly config?: string;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('run the tests written in tidings.yaml: where would each event be posted? send nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['test', ''],
        ['test --config new.yaml', 'before it is put in place'],
        ['test --json', 'one JSON object a test'],
      ]),
    )
    .option('--config <file>', 'the tests and rules of this file')
    .addOption(json())
    .action((options: TestOptions) => untilStopped(context, runTests(context, options)));
}

async function runTests(context: Context, options: TestOptions): Promise<void> {
  const config = await loadConfig(context, { readOnly: true, config: options.config, purpose: 'test' });
  const { tests } = config;
  if (tests.length === 0) {
    for (const line of howTo(config)) context.say(line);
    return;
  }
  const { rehearseAll } = await import('../../run/rehearse.ts');
  await report(context, tests, await rehearseAll(tests, config), options.json === true);
}

/** Each test on a line. @throws CliError, exit code 1, when one fails */
export async function report(
  context: Context,
  tests: readonly RuleTest[],
  made: readonly Rehearsed[],
  isJson: boolean,
): Promise<void> {
  const runs = tests.flatMap((test, index) => runOf(test, made[index]));
  for (const run of runs) {
    if (isJson) await context.printJson(runJson(run));
    else await context.print(...runLines(run, context.out));
  }
  const failed = runs.filter(({ ok }) => !ok).length;
  if (failed > 0) throw new CliError(EXIT.failed, `${failed} of ${plural(runs.length, 'test')} failed.`);
  context.say(runs.length === 1 ? 'The test passed.' : `All ${plural(runs.length, 'test')} passed.`);
}

function runJson(run: Run) {
  const { test, made, ok } = run;
  const { kind, tell, taken, trace, reason } = made.ok ? made.rehearsal : NOTHING;
  return {
    test: test.name,
    ok,
    expected: test.expect.map(({ destination }) => destination),
    told: tell.map(({ destination }) => destination),
    takes_all: taken,
    expected_called: Object.fromEntries(
      test.expect.flatMap(({ destination, called }) => (called === null ? [] : [[destination, called]])),
    ),
    called: Object.fromEntries(
      tell.map(({ destination, mentions }) => [destination, mentions.map(({ name }) => name)]),
    ),
    says: Object.fromEntries(made.ok ? saidBy(made.rehearsal) : []),
    expected_to_say: test.says,
    held_until: Object.fromEntries(heldOf(run)),
    problem: made.ok ? null : made.problem,
    kind,
    reason,
    rules: trace?.rules ?? [],
  };
}

const NOTHING: Rehearsal = {
  kind: null,
  tell: [],
  activities: new Map(),
  taken: [],
  trace: null,
  reason: null,
  wantsPaths: false,
};

function howTo({ configPath, destinations }: Config): readonly string[] {
  return [
    `No tests are written${configPath === null ? '' : ` in ${shortPath(configPath)}`}. One looks like this:`,
    '',
    'tests:',
    '  - name: an opened issue is announced',
    '    event: issues.opened',
    `    expect: [${destinations[0]?.name ?? ''}]`,
  ];
}
