import type { LoadedApp } from '../../run/app-port.ts';
import { plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { Colors } from '../cli-io.ts';
import type { Context } from '../context.ts';
import { type Finding, fail, ok } from '../doctor/check.ts';
import { checkGithub } from '../doctor/check-github.ts';
import { checkLanes, checkMessages } from '../doctor/check-lanes.ts';
import { checkOpenFiles } from '../doctor/check-open-files.ts';
import { asInProduction, checkProduction } from '../doctor/check-production.ts';
import { checkReceiver } from '../doctor/check-receiver.ts';
import { checkCredentials, checkNode, checkNotes, checkSecret, checkSharedSecrets } from '../doctor/check-settings.ts';
import { checkDestinations, checkSlackReachable } from '../doctor/check-slack.ts';
import {
  checkDatabase,
  checkDataDir,
  checkWorker,
  databaseBehind,
  databaseMissing,
  isDatabaseMissing,
} from '../doctor/check-storage.ts';
import { shortPath } from '../place-words.ts';

export interface DoctorOptions {
  readonly json?: true;
  readonly prod?: true;
}

/** Read-only: every check is made, whatever the others found. @throws CliError, exit code 1, when one fails */
export async function doctor(context: Context, options: DoctorOptions): Promise<void> {
  const findings: Finding[] = [];
  const isProduction = options.prod === true;
  for await (const found of examine(context, isProduction)) {
    const finding = isProduction ? asInProduction(found) : found;
    findings.push(finding);
    if (options.json) await context.printJson(finding);
    else await context.print(...findingLines(finding, context.out));
  }
  const failed = findings.filter((finding) => finding.status === 'fail').length;
  if (failed > 0) throw new CliError(EXIT.failed, `${plural(failed, 'check')} failed.`);
  const warned = findings.filter((finding) => finding.status === 'warn').length;
  context.say(warned === 0 ? 'All is well.' : `No check failed; ${plural(warned, 'warning')} above.`);
}

async function* examine(context: Context, isProduction: boolean): AsyncGenerator<Finding> {
  yield ok('tidings', context.app.version);
  yield checkNode(context.app.nodeVersion);
  const app = await load(context);
  if ('status' in app) {
    yield app;
    // What runs keeps the rules it had: whoever mends the file wants to know which.
    yield* await checkReceiver(context.app.receiver(), context.app.invocation);
    return;
  }
  const { config } = app;
  yield ok(
    'configuration',
    config.configPath === null ? 'no file: defaults and environment' : shortPath(config.configPath),
  );
  yield* checkNotes(config);
  for (const source of config.sources) yield checkSecret(source);
  yield* checkSharedSecrets(config);
  yield* checkCredentials(config);
  yield* checkDestinations(config, context.app.invocation);
  yield* await checkSlack(config, context);
  yield* await checkDataDir(config);
  yield* checkOpenFiles(config, context.app.envFile.path);
  yield* await checkInbox(app, context);
  yield* await checkReceiver(config, context.app.invocation);
  yield* await checkGithub(app, context.app.invocation);
  if (isProduction) yield* await checkProduction(config, context.app.clock.now);
}

function load(context: Context): Promise<LoadedApp | Finding> {
  return context.app
    .load({ readOnly: true })
    .catch((error: unknown) =>
      fail('configuration', messageOf(error), 'Change what is named above, then run doctor again.'),
    );
}

async function checkSlack(config: LoadedApp['config'], { app, io }: Context): Promise<readonly Finding[]> {
  const desk = await app.slack.desk();
  return checkSlackReachable(config, { desk, signal: io.stop, invocation: app.invocation });
}

async function checkInbox(app: LoadedApp, context: Context): Promise<readonly Finding[]> {
  if (isDatabaseMissing(app.config)) return [databaseMissing(app.config)];
  try {
    const { found, newest } = await context.app.migration.schema();
    if (found < newest) return [databaseBehind(app.config, found, newest, context.app.invocation)];
    await using archive = await app.openArchive({ readOnly: true });
    const database = await checkDatabase(app.config, archive);
    const { clock, invocation } = context.app;
    return [
      database,
      await checkWorker(archive, clock.now(), invocation),
      ...(await checkLanes(archive, app.config, clock.now())),
      ...(await checkMessages(archive, invocation)),
    ];
  } catch (error) {
    return [
      fail('database', messageOf(error), 'Until this is mended, events are answered 503 and stay with the sender.'),
    ];
  }
}

function findingLines(finding: Finding, colors: Colors): string[] {
  const marks = { ok: colors.green('ok  '), warn: colors.yellow('warn'), fail: colors.red('fail') };
  const [first = '', ...rest] = finding.detail.split('\n');
  const indent = ' '.repeat(23);
  return [
    `${marks[finding.status]}  ${finding.name.padEnd(16)} ${first}`,
    ...rest.map((line) => `${indent}${line}`),
    ...(finding.fix === null ? [] : [`${indent}→ ${finding.fix}`]),
  ];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
