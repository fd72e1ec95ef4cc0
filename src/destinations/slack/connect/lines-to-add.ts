import type { AppSettings } from './app-manifest.ts';
import type { Feature } from './needs.ts';
import type { Connection } from './setup.ts';
import type { SlackSettings } from './slack-settings.ts';

const TOKEN = 'token: "${SLACK_BOT_TOKEN}"';

/** What tidings.yaml lacks of what was connected, and of what it is to do. None: it has all of it, or needs to have nothing. */
export function linesToAdd(
  { way, variables }: Connection,
  { features }: AppSettings,
  { ownDestinations: own, ownSources }: Pick<SlackSettings, 'ownDestinations' | 'ownSources'>,
): readonly string[] {
  const [variable = ''] = Object.keys(variables);
  const isThere = own?.variables.includes(variable) === true;
  const lacks = (feature: Feature, key: string) => features.has(feature) && !has(own, key);
  // The file says neither where, nor that it is the only one: variables do.
  if (own === null && !['cards', 'direct', 'answers'].some((each) => features.has(each as Feature))) return [];
  const added: (readonly [name: string, settings: string])[] = [];
  if (!isThere)
    added.push(['slack', way.kind === 'webhook' ? 'webhook_url: "${SLACK_WEBHOOK_URL}"' : postsWith(features)]);
  if (way.kind === 'bot' && lacks('direct', 'direct')) added.push(['people', `${TOKEN}, direct: true`]);
  const answers = way.kind === 'bot' && lacks('answers', 'answers');
  if (answers) added.push(['answers', `${TOKEN}, answers: slack`]);
  if (added.length === 0) return [];
  const lines = added.map(([name, settings]) => `  ${freeName(name, own?.names ?? [])}: { type: slack, ${settings} }`);
  // Once a file names sources, those of variables are there no longer.
  const others = ownSources === null ? ['  # and those that you have without the file, by their names alone'] : [];
  const source = ['sources:', ...others, '  slack: { provider: slack, app_token: "${SLACK_APP_TOKEN}" }'];
  return ['destinations:', ...lines, ...(answers ? source : [])];
}

function has(own: SlackSettings['ownDestinations'], key: string): boolean {
  return Object.values(own?.written ?? {}).some((each) => each['type'] === 'slack' && Boolean(each[key]));
}

function postsWith(features: AppSettings['features']): string {
  const card = features.has('cards') ? ', card: true' : '';
  const menu = features.has('answers') ? ', menu: true' : '';
  return `${TOKEN}, channel: "\${SLACK_CHANNEL}"${card}${menu}`;
}

function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = `${wanted}-${n}`;
  return name;
}
