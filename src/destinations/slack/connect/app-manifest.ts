/**
 * What the bot may do: post, also into public channels that it was not invited to, and list channels to choose from.
 * https://docs.slack.dev/reference/scopes
 */
const SCOPES = ['chat:write', 'chat:write.public', 'channels:read', 'groups:read'] as const;

/** https://docs.slack.dev/reference/app-manifest */
const MANIFEST = {
  display_information: { name: 'Tidings', description: 'Tells your team what happened' },
  features: { bot_user: { display_name: 'tidings' } },
  oauth_config: { scopes: { bot: SCOPES } },
} as const;

/** Opens Slack's page for a new app with everything filled in: https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests */
export const NEW_APP_LINK = `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(MANIFEST))}`;
