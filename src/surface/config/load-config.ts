import { parseOwner } from '../../model/recovery.ts';
import { defaultRules } from '../../route/default-rules.ts';
import { Secret } from '../../shared/secret.ts';
import type { Config, DestinationConfig, SecretOrigin, SourceConfig } from './config.ts';
import { ConfigError, type Problem } from './config-error.ts';
import { type ConfigFile, readConfigFile } from './config-file.ts';
import { directoryOf } from './directory-of.ts';
import { withDotEnv } from './dot-env.ts';
import { commaSeparated, type Environment, readEnvironment } from './environment.ts';
import type { DestinationData, FileData, SourceData } from './file-schema.ts';
import { generatedSecret, githubSecretPath, keptSecret } from './generated-secret.ts';
import type { Env } from './process-env.ts';
import { rulesOf } from './rule-of.ts';
import { addressedChannel, botTokenProblem, channelProblem } from './slack-shapes.ts';
import { testsOf } from './tests-of.ts';

export interface LoadOptions {
  readonly env: Env;
  /** Absolute. `.env`, tidings.yaml and relative paths are looked up from here. */
  readonly cwd: string;
  /** Nothing is written: a secret that was not generated yet stays absent. */
  readonly readOnly?: boolean;
}

const MIB = 1024 * 1024;

/**
 * The configuration from the environment, `.env` and tidings.yaml. Where no GitHub secret is given, reads or makes the
 * one kept in DATA_DIR.
 * @throws ConfigError with everything that is wrong
 */
export async function loadConfig({ env: given, cwd, readOnly = false }: LoadOptions): Promise<Config> {
  const problems: Problem[] = [];
  const env = withDotEnv(given, cwd, problems);
  const environment = readEnvironment(env, cwd, problems);
  const file = await readConfigFile(env, cwd, problems);
  const data = file ? await checked(file, defaultDestination(environment).name) : {};
  problems.push(...(file?.problems() ?? []));
  const destinations = destinationsOf(data, environment, problems);
  if (problems.length > 0) throw new ConfigError(problems);

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
    notes: file?.notes() ?? [],
    maxBodyBytes: 25 * MIB,
    maxInFlightBytes: 128 * MIB,
    fromVariables: new Map(file?.variables.map(({ path, variable }) => [path.join('.'), variable])),
  };
}

/** Only a file that is there loads the schema: 10 MB and 60 ms of every other start. */
async function checked(file: ConfigFile, fallback: string): Promise<FileData> {
  const { checkFile } = await import('./check-file.ts');
  return checkFile(file, fallback);
}

/** The bot token, where a channel goes with it, comes before the webhook: it can do all that the webhook can. */
function defaultDestination(environment: Environment): DestinationConfig {
  const { slackBotToken: token, slackChannel: channel, slackWebhookUrl: webhookUrl, settings } = environment;
  const slack = { type: 'slack', name: 'slack', perSecond: 1 } as const;
  if (token && channel) return { ...slack, token, channel: addressedChannel(channel), apiUrl: settings.slackApiUrl };
  return webhookUrl ? { ...slack, webhookUrl } : { type: 'console', name: 'console' };
}

function destinationsOf(data: FileData, environment: Environment, problems: Problem[]): readonly DestinationConfig[] {
  if (data.destinations) {
    const { slackApiUrl } = environment.settings;
    return Object.entries(data.destinations).flatMap(([name, each]) => destinationOf(name, each, slackApiUrl) ?? []);
  }
  problems.push(...botProblems(environment));
  return [defaultDestination(environment)];
}

/** Half of a bot beside a webhook is somebody else's: the webhook is used. */
function botProblems({
  slackBotToken: token,
  slackChannel: channel,
  slackWebhookUrl,
}: Environment): readonly Problem[] {
  const at = (where: string, message: string | undefined): readonly Problem[] =>
    message === undefined ? [] : [{ where, message, excerpt: null }];
  if (token && channel) {
    return [...at('SLACK_BOT_TOKEN', botTokenProblem(token.reveal())), ...at('SLACK_CHANNEL', channelProblem(channel))];
  }
  if (slackWebhookUrl) return [];
  if (token) {
    const set = 'needs a channel to post to: set SLACK_CHANNEL too, as in SLACK_CHANNEL="#releases".';
    return at('SLACK_BOT_TOKEN', set);
  }
  const set = 'needs a bot token to post with: set SLACK_BOT_TOKEN too. A webhook has its own channel.';
  return channel ? at('SLACK_CHANNEL', set) : [];
}

/** Null: what crossCheck has a word about. */
function destinationOf(name: string, data: DestinationData, apiUrl: string): DestinationConfig | null {
  switch (data.type) {
    case 'slack': {
      const { webhook_url: webhookUrl, token, channel } = data;
      const slack = { type: 'slack', name, perSecond: data.per_second || null } as const;
      if (webhookUrl) return { ...slack, webhookUrl };
      return token && channel ? { ...slack, token, channel: addressedChannel(channel), apiUrl } : null;
    }
    case 'console':
      return { type: 'console', name };
    case 'http':
      return {
        type: 'http',
        name,
        url: data.url,
        secret: data.secret ?? null,
        concurrency: data.concurrency,
        timeoutMs: data.timeout_ms,
      };
  }
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
    // A variable may hold several, as GITHUB_WEBHOOK_SECRET does; what is written out is taken as it stands.
    const split = secrets.flatMap((secret, index) =>
      (file?.variableAt(['sources', name, 'secrets', index]) ?? file?.variableAt(['sources', name, 'secrets']))
        ? commaSeparated(secret)
        : [secret],
    );
    return { ...source, secrets: split.map((secret) => new Secret(secret)), secretOrigin: { kind: 'configured' } };
  });
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
