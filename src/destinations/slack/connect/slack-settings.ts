import type { Settings } from '../../../model/plugin/talk.ts';
import type { Variables } from '../../../model/plugin/variables.ts';
import { Secret } from '../../../shared/secret.ts';

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
  /** Whose server the webhook is said to be. Null: nobody said. */
  readonly flavor: string | null;
  /** Base of Slack's Web API, without a trailing slash. */
  readonly apiUrl: string;
  readonly ownDestinations: Settings['ownDestinations'];
  readonly ownSources: Settings['ownSources'];
}

export function slackSettings({ set, kept, ownDestinations, ownSources }: Settings): SlackSettings {
  const apiUrl = set.base('SLACK_API_URL') ?? 'https://slack.com/api';
  return {
    set: variablesOf(set),
    kept: variablesOf(kept),
    flavor: set.text('SLACK_FLAVOR'),
    apiUrl,
    ownDestinations,
    ownSources,
  };
}

function variablesOf(variables: Variables): SlackVariables {
  const secret = (name: string) => {
    const text = variables.text(name);
    return text === null ? null : new Secret(text);
  };
  return {
    webhookUrl: secret('SLACK_WEBHOOK_URL'),
    botToken: secret('SLACK_BOT_TOKEN'),
    channel: variables.text('SLACK_CHANNEL'),
  };
}
