import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import { shortPath } from '../../config/describe/place-words.ts';
import { envFilePath } from '../../config/read/env-file.ts';
import { receiverPlace } from '../../config/receiver-place.ts';
import { type Finding, fail, ok } from '../../model/plugin/finding.ts';
import type { Colors } from '../../model/plugin/talk.ts';
import { hasDatabase, schemaOf } from '../../run/database.ts';
import { plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, loadConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { checkBroken, checkHeld, checkLanes, checkMessages } from './doctor/check-lanes.ts';
import { checkListening } from './doctor/check-listening.ts';
import { checkOpenFiles } from './doctor/check-open-files.ts';
import { checkChannels, checkProviders } from './doctor/check-plugins.ts';
import { asInProduction, checkProduction } from './doctor/check-production.ts';
import { checkReceiver } from './doctor/check-receiver.ts';
import { checkReminders } from './doctor/check-reminders.ts';
import { checkRetention } from './doctor/check-retention.ts';
import { checkCredentials, checkNode, checkNotes, checkSecret, checkSharedSecrets } from './doctor/check-settings.ts';
import { checkDatabase, checkDataDir, checkWorker, databaseBehind, databaseMissing } from './doctor/check-storage.ts';

interface DoctorOptions {
  readonly json?: true;
  readonly prod?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('check configuration, database, disk, worker, receiver, sources and destinations; change nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['doctor', ''],
        ['doctor --prod', 'where it is deployed: also the public address, the volume, the clock'],
        ['doctor --json', 'one JSON object a check'],
      ]),
    )
    .option('--prod', 'hold it to what a deployed server needs')
    .addOption(json())
    .action((options: DoctorOptions) => untilStopped(context, doctor(context, options)));
}

/** Read-only: every check is made, whatever the others found. @throws CliError, exit code 1, when one fails */
async function doctor(context: Context, options: DoctorOptions): Promise<void> {
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
  const { env, cwd, version, nodeVersion } = context.surroundings;
  yield ok('tidings', version);
  yield checkNode(nodeVersion);
  const config = await load(context);
  if ('status' in config) {
    yield config;
    // What runs keeps the rules it had: whoever mends the file wants to know which.
    yield* await checkReceiver(receiverPlace(env, cwd), context.invocation);
    return;
  }
  yield ok(
    'configuration',
    config.configPath === null ? 'no file: defaults and environment' : shortPath(config.configPath),
  );
  yield* checkNotes(config);
  for (const source of config.sources) yield await checkSecret(source, context.invocation);
  yield* checkSharedSecrets(config);
  yield* checkCredentials(config);
  yield* await checkChannels(config, context);
  yield* await checkDataDir(config);
  yield* checkOpenFiles(config, envFilePath(cwd));
  yield* await checkInbox(config, context);
  yield* await checkReceiver(config, context.invocation);
  yield* await checkProviders(config, context);
  if (isProduction) yield* await checkProduction(config, context.clock);
}

function load(context: Context): Promise<Config | Finding> {
  return loadConfig(context, { readOnly: true }).catch((error: unknown) =>
    fail('configuration', messageOf(error), 'Change what is named above, then run doctor again.'),
  );
}

async function checkInbox(config: Config, context: Context): Promise<readonly Finding[]> {
  if (!hasDatabase(config)) return [databaseMissing(config)];
  const { clock, invocation } = context;
  try {
    const { found, newest } = await schemaOf(config.database);
    if (found < newest) return [databaseBehind(config, found, newest, invocation)];
    await using archive = await context.openArchive(config, 'read');
    const database = await checkDatabase(config, archive);
    return [
      database,
      await checkWorker(archive, clock.now(), invocation),
      ...(await checkListening(archive, config)),
      ...(await checkLanes(archive, config, clock.now())),
      ...(await checkBroken(archive, config, invocation)),
      ...(await checkHeld(archive, config, invocation)),
      ...(await checkMessages(archive, invocation)),
      ...(await checkRetention(archive, config, clock.now())),
      ...(await checkReminders(config, clock.now())),
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
