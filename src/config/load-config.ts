import { parseOwner } from '../model/recovery.ts';
import { defaultRules } from '../route/default-rules.ts';
import { Secret } from '../shared/secret.ts';
import type { Terms } from './check/check-file.ts';
import type { EventTable } from './check/known-events.ts';
import type { CheckSample } from './check/tests.ts';
import type { Config, SecretOrigin, SourceConfig } from './config.ts';
import { ConfigError, type Problem } from './config-error.ts';
import { botProblems, defaultDestination, destinationsOf, variableOfDefault } from './destinations-of.ts';
import { directoryOf } from './directory-of.ts';
import { type Purpose, receives, sends } from './purpose.ts';
import { type ConfigFile, type Finding, readConfigFile } from './read/config-file.ts';
import { withDotEnv } from './read/dot-env.ts';
import { commaSeparated, type Environment, readEnvironment } from './read/environment.ts';
import { generatedSecret, githubSecretPath, keptSecret } from './read/generated-secret.ts';
import type { Env } from './read/process-env.ts';
import { rulesOf } from './rule-of.ts';
import type { FileData, SourceData } from './schema/file-schema.ts';
import { testsOf } from './tests-of.ts';

export interface LoadOptions {
  readonly env: Env;
  /** Absolute. `.env`, tidings.yaml and relative paths are looked up from here. */
  readonly cwd: string;
  /** Loaded only where there is a file. Absent: events may have any name. */
  readonly catalog?: EventTable | undefined;
  /** Nothing is written: a secret that was not generated yet stays absent. */
  readonly readOnly?: boolean;
  /** Default: both, to receive and to send. */
  readonly purpose?: Purpose;
  /** Of tests that are about to run. */
  readonly checkSample?: CheckSample | undefined;
}

const MIB = 1024 * 1024;

/**
 * The configuration from the environment, `.env` and tidings.yaml. Where no GitHub secret is given, reads or makes the
 * one kept in DATA_DIR.
 * @throws ConfigError with everything that is wrong
 */
export async function loadConfig(options: LoadOptions): Promise<Config> {
  const { env: given, cwd, readOnly = false, purpose = 'both', checkSample, catalog } = options;
  const problems: Problem[] = [];
  const env = withDotEnv(given, cwd, problems);
  const environment = readEnvironment(env, cwd, problems);
  const file = await readConfigFile(env, cwd, problems);
  const data = file
    ? await checked(file, {
        fallback: defaultDestination(environment).name,
        mustSend: sends(purpose),
        checkSample,
        catalog,
      })
    : {};
  const { wrong = [], excused = [] } = Object.groupBy(file?.findings() ?? [], (finding) =>
    isExcused(finding, purpose) ? 'excused' : 'wrong',
  );
  problems.push(...wrong.map(({ problem }) => problem));
  if (!data.destinations) problems.push(...botProblems(environment));
  if (problems.length > 0) throw new ConfigError(problems);

  const destinations = destinationsOf(data, file, environment);
  const names = destinations.map(({ name }) => name);
  return {
    ...environment.settings,
    configPath: file?.path ?? null,
    sources: sourcesOf(data, file, environment, readOnly),
    destinations,
    rules: data.rules ? await rulesOf(data.rules, names) : defaultRules(names),
    hasDefaultRules: data.rules === undefined,
    directory: directoryOf(data, destinations),
    tests: testsOf(data.tests ?? [], file?.path ?? cwd),
    notes: [...(file?.notes() ?? []), ...excused.flatMap(noteOf)],
    maxBodyBytes: 25 * MIB,
    maxInFlightBytes: 128 * MIB,
    fromVariables: new Map([
      ...(data.destinations ? [] : destinations.flatMap(variableOfDefault)),
      ...(file?.variables.filter(isSet(file)).map(({ path, variable }) => [path.join('.'), variable] as const) ?? []),
    ]),
  };
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
function isExcused({ path, isUnset }: Finding, purpose: Purpose): boolean {
  if (path[0] === 'tests') return purpose !== 'test';
  if (!isUnset) return false;
  return path[0] === 'destinations' ? !sends(purpose) : isSecret(path) && !receives(purpose);
}

function isSecret(path: Finding['path']): boolean {
  return path[0] === 'sources' && path[2] === 'secrets';
}

/** What is not set, nobody misses here. */
function noteOf({ path, problem }: Finding): readonly string[] {
  if (path[0] !== 'tests') return [];
  return [`${problem.where}: only a test is wrong, and the rules are in force: ${problem.message}`];
}

function sourcesOf(
  data: FileData,
  file: ConfigFile | null,
  environment: Environment,
  readOnly: boolean,
): readonly SourceConfig[] {
  const sources = Object.entries<SourceData>(data.sources ?? { github: { provider: 'github' } });
  return sources.map(([name, { provider, secrets, recover }]) => {
    const source = {
      name,
      provider,
      ...(recover ? { recover: recover.flatMap((owner) => parseOwner(owner) ?? []) } : {}),
    };
    if (!secrets) return { ...source, ...defaultSecrets(environment, readOnly) };
    return { ...source, secrets: secretsOf(name, secrets, file), secretOrigin: { kind: 'configured' } };
  });
}

/** A variable may hold several, as GITHUB_WEBHOOK_SECRET does, or none here; what is written out is taken as it stands. */
function secretsOf(source: string, secrets: readonly string[], file: ConfigFile | null): readonly Secret[] {
  const unset = file?.unset.filter(({ path }) => isSecret(path) && path[1] === source) ?? [];
  const texts = secrets.flatMap((secret, index) => {
    if (unset.some(({ path }) => (path[3] ?? 0) === index)) return [];
    const place = ['sources', source, 'secrets'];
    return (file?.variableAt([...place, index]) ?? file?.variableAt(place)) ? commaSeparated(secret) : [secret];
  });
  return texts.map((text) => new Secret(text));
}

/** GITHUB_WEBHOOK_SECRET, else the one kept in DATA_DIR. */
function defaultSecrets(
  { githubSecrets, settings: { dataDir } }: Environment,
  readOnly: boolean,
): { readonly secrets: readonly Secret[]; readonly secretOrigin: SecretOrigin } {
  if (githubSecrets.length > 0) {
    return { secrets: githubSecrets, secretOrigin: { kind: 'environment', variable: 'GITHUB_WEBHOOK_SECRET' } };
  }
  const kept = readOnly ? keptSecret(dataDir) : generatedSecret(dataDir);
  return {
    secrets: kept ? [kept.secret] : [],
    secretOrigin: { kind: 'generated', path: githubSecretPath(dataDir), fresh: kept?.fresh ?? false },
  };
}
