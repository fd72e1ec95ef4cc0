import { type Finding, warn } from '../../../model/plugin/finding.ts';
import { FEATURES, type Feature, lackedBy } from './needs.ts';
import type { SlackBot, SlackChannel } from './slack-types.ts';

const SUBJECTS: Readonly<Record<Feature, string>> = {
  cards: 'cards',
  direct: 'direct messages',
  history: 'finding out whether a message arrived',
  answers: 'being asked',
  email: 'people by their e-mail addresses',
};

interface Looked {
  /** The destination's. */
  readonly name: string;
  readonly invocation: string;
  readonly bot: SlackBot;
}

/** What is switched on and lacks a scope: one finding a feature. */
export function checkScopes({ name, invocation, bot }: Looked, features: ReadonlySet<Feature>): readonly Finding[] {
  return FEATURES.filter((feature) => features.has(feature)).flatMap((feature) => {
    const lacked = bot.scopes === null ? [] : lackedBy(feature, bot.scopes);
    if (lacked.length === 0) return [];
    const scopes = lacked.map(({ scope, why }) => `${scope} (${why})`).join(', ');
    return [
      warn(`scopes of ${name}`, `for ${SUBJECTS[feature]} the app lacks ${scopes}`, howToGetThem(invocation, feature)),
    ];
  });
}

/** The same, of what people are told directly. */
export function checkDirectHistory({ name, invocation, bot }: Looked): readonly Finding[] {
  const lacked = readsBack(bot) ? lackedBy('history', bot.scopes ?? [], 'direct') : [];
  if (lacked.length === 0) return [];
  const scopes = lacked.map(({ scope }) => scope).join(' and ');
  const detail = `a direct message whose answer is lost comes again, perhaps twice: the app lacks ${scopes}`;
  return [warn(`history of ${name}`, detail, howToGetThem(invocation, 'history'))];
}

function readsBack({ scopes }: SlackBot): boolean {
  return scopes?.some((scope) => /^(?:channels|groups|im):history$/.test(scope)) === true;
}

/** Where it may look for what it posted, it must also be able to. Whoever gave it no such scope does not want it. */
export function checkHistory({ name, invocation, bot }: Looked, channel: SlackChannel): readonly Finding[] {
  const { scopes } = bot;
  const wanted = channel.isPrivate ? 'groups:history' : 'channels:history';
  if (scopes === null || !readsBack(bot)) return [];
  const lost = `a message whose answer is lost comes again in #${channel.name}, perhaps twice`;
  if (!scopes.includes(wanted)) {
    return [warn(`history of ${name}`, `${lost}: the app lacks ${wanted}`, howToGetThem(invocation, 'history'))];
  }
  if (channel.isMember) return [];
  return [
    warn(
      `history of ${name}`,
      `${lost}: the bot reads only where it is`,
      `Type /invite @${bot.name} in #${channel.name}.`,
    ),
  ];
}

function howToGetThem(invocation: string, feature: Feature): string {
  return `${invocation} connect slack --manifest --with ${feature} prints the manifest: paste it at https://api.slack.com/apps → the app → App Manifest, then reinstall the app.`;
}
