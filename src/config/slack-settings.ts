import { Secret } from '../shared/secret.ts';
import { ConfigError, type Problem } from './config-error.ts';
import type { PlainKeys } from './place/yaml-map.ts';
import { readConfigFile } from './read/config-file.ts';
import { withDotEnv } from './read/dot-env.ts';
import { mapping, valueAt } from './read/plain-data.ts';
import type { Env } from './read/process-env.ts';
import { variablesOf } from './read/variables.ts';

/** The variables that connect Slack, wherever they are set. */
interface SlackVariables {
  readonly webhookUrl: Secret | null;
  readonly botToken: Secret | null;
  /** `#releases`, or an id. */
  readonly channel: string | null;
}

export interface SlackSettings {
  /** In force: the environment over `.env`. */
  readonly set: SlackVariables;
  /** In `.env`, whatever the environment says. */
  readonly kept: SlackVariables;
  /** Base of Slack's Web API, without a trailing slash. */
  readonly apiUrl: string;
  /** Null: the file names no destinations, so the variables make the only one. */
  readonly ownDestinations: {
    /** The file, absolute. */
    readonly path: string;
    /** Names that are taken. */
    readonly names: readonly string[];
    /** Variables that the destinations name, set or not. */
    readonly variables: readonly string[];
  } | null;
}

/** What is set about Slack. Mistakes elsewhere are nobody's business here. @throws ConfigError about SLACK_API_URL */
export async function readSlackSettings(
  given: Env,
  cwd: string,
  plainKeys: () => Promise<PlainKeys>,
): Promise<SlackSettings> {
  const problems: Problem[] = [];
  const env = withDotEnv(given, cwd, problems);
  const apiUrl = variablesOf(env, problems).base('SLACK_API_URL') ?? 'https://slack.com/api';
  const wrong = problems.filter(({ where }) => where === 'SLACK_API_URL');
  if (wrong.length > 0) throw new ConfigError(wrong);
  const file = await readConfigFile({ env, cwd, problems, plainKeys });
  const names = Object.keys(mapping(valueAt(file?.data, ['destinations'])));
  const variables = file?.variables.flatMap(({ path, variable }) => (path[0] === 'destinations' ? [variable] : []));
  return {
    set: slackIn(env),
    kept: slackIn(withDotEnv({}, cwd, [])),
    apiUrl,
    ownDestinations: file && names.length > 0 ? { path: file.path, names, variables: variables ?? [] } : null,
  };
}

function slackIn(env: Env): SlackVariables {
  const { text } = variablesOf(env, []);
  const secret = (name: string) => {
    const found = text(name);
    return found === null ? null : new Secret(found);
  };
  return {
    webhookUrl: secret('SLACK_WEBHOOK_URL'),
    botToken: secret('SLACK_BOT_TOKEN'),
    channel: text('SLACK_CHANNEL'),
  };
}
