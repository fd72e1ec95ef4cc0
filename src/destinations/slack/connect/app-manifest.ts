import { type Feature, isOptional, needsOf } from './needs.ts';

/** How the app hears of what it is asked. */
export type Hearing =
  | { readonly kind: 'socket' }
  /** `url`: of the source that receives it. */
  | { readonly kind: 'http'; readonly url: string };

export interface AppSettings {
  readonly features: ReadonlySet<Feature>;
  readonly hearing: Hearing;
}

const EVENTS = ['app_home_opened', 'app_mention'] as const;

/**
 * An app with what is switched on, and no more: https://docs.slack.dev/reference/app-manifest. Scopes that may be left out stand among
 * all of them, too.
 */
export function manifestOf(app: AppSettings): object {
  const { features } = app;
  const needs = needsOf(features);
  const optional = needs.filter(isOptional).map(({ scope }) => scope);
  const scopes = { bot: needs.map(({ scope }) => scope), ...(optional.length > 0 && { bot_optional: optional }) };
  const answers = features.has('answers');
  const tabs = {
    ...(answers && { home_tab_enabled: true }),
    ...((answers || features.has('direct')) && { messages_tab_enabled: true, messages_tab_read_only_enabled: true }),
  };
  return {
    display_information: { name: 'Tidings', description: 'Tells your team what happened' },
    features: {
      ...(Object.keys(tabs).length > 0 && { app_home: tabs }),
      bot_user: { display_name: 'tidings' },
      ...(answers && { slash_commands: [commandOf(app)] }),
    },
    oauth_config: { scopes },
    ...(answers && { settings: hearingOf(app) }),
  };
}

/** Whoever wants another name changes it in the manifest. */
function commandOf({ hearing }: AppSettings): object {
  const url = hearing.kind === 'http' ? { url: hearing.url } : {};
  const words = {
    description: 'Ask why, or for less',
    usage_hint: 'status · why <link> · mute <link> [for me] [3d] · list',
  };
  return { command: '/tidings', ...url, ...words, should_escape: true };
}

function hearingOf({ hearing }: AppSettings): object {
  const url = hearing.kind === 'http' ? { request_url: hearing.url } : {};
  return {
    event_subscriptions: { ...url, bot_events: EVENTS },
    interactivity: { is_enabled: true, ...url },
    socket_mode_enabled: hearing.kind === 'socket',
  };
}

/** Opens Slack's page for a new app with everything filled in: https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests */
export function newAppLink(app: AppSettings): string {
  return `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifestOf(app)))}`;
}
