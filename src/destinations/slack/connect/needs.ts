/** What a Slack app may be used for, beyond posting and choosing where. */
export const FEATURES = ['cards', 'direct', 'history', 'answers', 'email'] as const;
export type Feature = (typeof FEATURES)[number];

/** Why the bot token needs one scope: https://docs.slack.dev/reference/scopes */
export interface Need {
  readonly scope: string;
  /** In the words of a person: `being asked by name`. */
  readonly why: string;
  /** Null: posting and choosing, which is always on. */
  readonly feature: Feature | null;
  /** Only where that is on, too. */
  readonly beside?: Feature;
}

/** What has no row needs no more than posting: cards, threads, reminders, direct messages. */
const NEEDS: readonly Need[] = [
  { scope: 'chat:write', why: 'posting: messages, threads, cards, direct messages', feature: null },
  { scope: 'chat:write.public', why: 'public channels that the bot was not invited to', feature: null },
  { scope: 'channels:read', why: 'the list of channels you choose from, and what doctor says of them', feature: null },
  { scope: 'groups:read', why: 'the same, of private ones that the bot is in', feature: null },
  { scope: 'channels:history', why: 'finding out whether a message arrived whose answer was lost', feature: 'history' },
  { scope: 'groups:history', why: 'the same, in private channels', feature: 'history' },
  { scope: 'im:history', why: 'the same, in direct messages', feature: 'history', beside: 'direct' },
  { scope: 'im:write', why: 'finding the direct messages of a person', feature: 'history', beside: 'direct' },
  { scope: 'users:read', why: 'who asks: guests and other companies get no answer', feature: 'answers' },
  { scope: 'channels:read', why: 'whether another company reads the channel', feature: 'answers' },
  { scope: 'groups:read', why: 'the same, of private ones', feature: 'answers' },
  { scope: 'commands', why: 'being asked by /tidings', feature: 'answers' },
  { scope: 'app_mentions:read', why: 'being asked by name, in threads too', feature: 'answers' },
  { scope: 'users:read.email', why: 'finding people by their e-mail addresses', feature: 'email' },
  { scope: 'users:read', why: 'that they are members, and no guests', feature: 'email' },
];

/** Asked for, and left out by whoever installs the app if they like: https://docs.slack.dev/changelog/2026/03/16/optional-scopes */
const OPTIONAL: ReadonlySet<Feature | null> = new Set<Feature>(['history']);

/** What is needed for what is switched on, each scope once. */
export function needsOf(features: ReadonlySet<Feature>): readonly Need[] {
  const isOn = (feature: Feature | null | undefined) => !feature || features.has(feature);
  const wanted = NEEDS.filter(({ feature, beside }) => isOn(feature) && isOn(beside));
  return wanted.filter(({ scope }, index) => wanted.findIndex((each) => each.scope === scope) === index);
}

/** What one feature needs that these scopes do not allow; or what it needs beside another. */
export function lackedBy(feature: Feature, scopes: readonly string[], beside?: Feature): readonly Need[] {
  return NEEDS.filter((need) => need.feature === feature && need.beside === beside && !scopes.includes(need.scope));
}

export function isOptional({ feature }: Need): boolean {
  return OPTIONAL.has(feature);
}

/** Lines for people: what is asked for, and what for. */
export function needLines(needs: readonly Need[]): readonly string[] {
  const width = Math.max(...needs.map(({ scope }) => scope.length));
  return needs.map(
    (need) => `   ${need.scope.padEnd(width)}  ${need.why}${isOptional(need) ? ' (may be left out)' : ''}`,
  );
}
