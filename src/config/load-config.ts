import type { Catalog } from '../model/plugin/catalog.ts';
import { defaultRules } from '../route/default-rules.ts';
import type { Terms } from './check/check-file.ts';
import type { CheckSample } from './check/tests.ts';
import type { Config } from './config.ts';
import { ConfigError, type Problem } from './config-error.ts';
import {
  type DefaultDestination,
  defaultDestinations,
  destinationsOf,
  variablesOfDefaults,
} from './destinations-of.ts';
import { directoryOf } from './directory-of.ts';
import { pluginsOf } from './plugins-of.ts';
import { type Purpose, receives, sends } from './purpose.ts';
import type { ConfigFile, Finding } from './read/config-file.ts';
import { withDotEnv } from './read/dot-env.ts';
import { readEnvironment } from './read/environment.ts';
import { valueAt } from './read/plain-data.ts';
import type { Env } from './read/process-env.ts';
import { readConfigFile, type TextInstead } from './read/read-config-file.ts';
import { variablesOf } from './read/variables.ts';
import { remindersOf } from './reminders/reminders-of.ts';
import { retentionOf } from './retention/retention-of.ts';
import { unreadVariables } from './retention/unread-variables.ts';
import { mentionedRows } from './rows/mentioned-rows.ts';
import { keysThatListen, plainKeys, withProviders } from './rows/rows.ts';
import { commonOf, rulesOf } from './rule-of.ts';
import type { FileData } from './schema/file-schema.ts';
import { declaredSources, defaultSources, isSecret, sourcesOf } from './sources-of.ts';
import { testsOf } from './tests-of.ts';

export interface LoadOptions {
  /** Which sources and destinations there may be. */
  readonly catalog: Catalog;
  readonly env: Env;
  /** Absolute. `.env`, tidings.yaml and relative paths are looked up from here. */
  readonly cwd: string;
  /** Nothing is written: a secret that was not generated yet stays absent. */
  readonly readOnly?: boolean;
  /** Default: both, to receive and to send. */
  readonly purpose?: Purpose;
  /** Of tests that are about to run. */
  readonly checkSample?: CheckSample | undefined;
  /** A text to be read as if it were the file. */
  readonly instead?: TextInstead | undefined;
}

const MIB = 1024 * 1024;

/**
 * The configuration from the environment, `.env` and tidings.yaml. Where a source is given no secret, reads or makes the one
 * kept in DATA_DIR.
 * @throws ConfigError with everything that is wrong
 */
export async function loadConfig(options: LoadOptions): Promise<Config> {
  const { catalog, cwd } = options;
  const found: Problem[] = [];
  const whole = { ...options, env: withDotEnv(options.env, cwd, found) };
  const mentioned = mentionedRows(catalog, whole.env, cwd, options.instead?.text);
  if (mentioned !== null) {
    try {
      const config = await loadBy({ ...whole, catalog: mentioned }, found);
      if (config.notes.length === 0) return config;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
    }
  }
  // Whatever is said about the file is said in sight of all that might have been meant.
  return loadBy(whole, found);
}

/** `found`: what is wrong with `.env`, whose variables are among those of `env`. */
async function loadBy(options: LoadOptions, found: readonly Problem[]): Promise<Config> {
  const { catalog, env, cwd, readOnly = false, purpose = 'both', checkSample, instead } = options;
  const problems = [...found];
  const variables = variablesOf(env, problems);
  const settings = readEnvironment(env, cwd, variables);
  const plugins = pluginsOf(catalog, env, variables);
  const plain = async () => plainKeys(await plugins.rows());
  const written = await readConfigFile({ env, cwd, problems, plainKeys: plain, instead });
  const file = written && { ...written, data: withProviders(written.data, await plugins.rows()) };
  const sources = namesOwn(file, 'sources') ? [] : Object.keys(await defaultSources(plugins));
  const defaults = namesOwn(file, 'destinations') ? [] : await defaultDestinations(plugins, variables);
  const fallback = defaults.map(({ destination }) => destination.name);
  const data = file
    ? await checked(file, {
        catalog,
        rows: await plugins.rows(),
        sources,
        fallback,
        made: madeByVariables(defaults),
        mustSend: sends(purpose),
        checkSample,
      })
    : {};
  const retention = retentionOf({ data, file, variables, cwd });
  const listenKeys = file ? keysThatListen(await plugins.rows()) : [];
  const { wrong = [], excused = [] } = Object.groupBy(file?.findings() ?? [], (finding) =>
    isExcused(finding, purpose, listenKeys) ? 'excused' : 'wrong',
  );
  problems.push(...wrong.map(({ problem }) => problem));
  const declared = await declaredSources(data, plugins, purpose, variables);
  if (problems.length > 0) throw new ConfigError(problems);

  const made = defaults.map(({ destination }) => destination);
  const destinations = data.destinations ? await destinationsOf(data.destinations, file, plugins) : made;
  const everywhere = namesOfPlaces(destinations);
  return {
    ...settings,
    configPath: file?.path ?? null,
    sources: sourcesOf(declared, file, { dataDir: settings.dataDir, readOnly }),
    destinations,
    rules: data.rules ? await rulesOf(data.rules, everywhere, data) : rulesOfNone(declared, everywhere, data),
    hasDefaultRules: data.rules === undefined,
    reminders: remindersOf(data.reminders, everywhere, data),
    directory: directoryOf(data, destinations),
    ...retention,
    tests: testsOf(data.tests ?? [], file?.path ?? cwd),
    notes: [...(file?.notes() ?? []), ...excused.flatMap(noteOf), ...unreadVariables(env)],
    maxBodyBytes: 25 * MIB,
    maxInFlightBytes: 128 * MIB,
    fromVariables: new Map([
      ...variablesOfDefaults(defaults),
      ...(file?.variables.filter(isSet(file)).map(({ path, variable }) => [path.join('.'), variable] as const) ?? []),
    ]),
    rowSettings: plugins.rowSettings(),
  };
}

/** Where the file says none. */
function rulesOfNone(
  declared: Awaited<ReturnType<typeof declaredSources>>,
  everywhere: readonly string[],
  data: FileData,
): Config['rules'] {
  const sources = declared.map(({ name, plugin }) => ({ source: name, classics: plugin.classics }));
  return defaultRules(everywhere, sources).map((rule) => ({ ...rule, ...commonOf({}, everywhere, data) }));
}

/** What is there while nothing is connected may change soon. */
function madeByVariables(defaults: readonly DefaultDestination[]): Terms['made'] {
  const made = defaults.filter(({ variables }) => Object.keys(variables).length > 0);
  return made.map(({ destination: { name, type, settings } }) => ({ name, given: { ...settings, type } }));
}

/** Where every rule tells that names no place: what takes all of its sources gets of others what is sent there by name; people are told by theirs. */
function namesOfPlaces(destinations: Config['destinations']): readonly string[] {
  return destinations.filter(({ takes, isDirect }) => takes === undefined && !isDirect).map(({ name }) => name);
}

function namesOwn(file: ConfigFile | null, section: 'sources' | 'destinations'): boolean {
  return valueAt(file?.data, [section]) !== undefined;
}

/** Only a file that is there loads the schema: 10 MB and 60 ms of every other start. */
async function checked(file: ConfigFile, terms: Terms): Promise<FileData> {
  const { checkFile } = await import('./check/check-file.ts');
  return checkFile(file, terms);
}

function isSet({ unset }: ConfigFile): (variable: ConfigFile['variables'][number]) => boolean {
  const missing = new Set(unset.map(({ path }) => path.join('.')));
  return ({ path }) => !missing.has(path.join('.'));
}

/** See Purpose. */
function isExcused({ path, isUnset }: Finding, purpose: Purpose, listenKeys: readonly string[]): boolean {
  if (path[0] === 'tests') return purpose !== 'test';
  if (!isUnset) return false;
  const [section, , key] = path;
  if (section === 'destinations') return !sends(purpose);
  // Who sends nothing does not listen either.
  if (section === 'sources' && listenKeys.some((each) => each === key)) return !sends(purpose);
  return isSecret(path) && !receives(purpose);
}

/** What is not set, nobody misses here. */
function noteOf({ path, problem }: Finding): readonly string[] {
  if (path[0] !== 'tests') return [];
  return [`${problem.where}: only a test is wrong, and the rules are in force: ${problem.message}`];
}
