/** What a Slack app may be used for, beyond posting and choosing where. */
export const FEATURES = ['cards', 'direct', 'history', 'answers'] as const;
export type Feature = (typeof FEATURES)[number];

/** One scope that the bot token needs: https://docs.slack.dev/reference/scopes */
export interface Need {
  readonly scope: string;
  /** In the words of a person: `reading back …`. */
  readonly why: string;
  /** Null: for posting and choosing, which is always on. */
  readonly feature: Feature | null;
}

const always = (scope: string, why: string): Need => ({ scope, why, feature: null });

/** In the order in which they are shown. What needs nothing more than posting has no row: cards, threads, reminders, direct messages. */
const NEEDS: readonly Need[] = [
  always('chat:write', 'posting, threads, cards, direct messages'),
  always('chat:write.public', 'public channels that the bot was not invited to'),
  always('channels:read', 'the list of channels you choose from, and the look of doctor'),
  always('groups:read', 'the same, of the private ones that the bot is in'),
  { scope: 'channels:history', why: 'finding out whether a message arrived whose answer was lost', feature: 'history' },
  { scope: 'groups:history', why: 'the same, in private channels', feature: 'history' },
  { scope: 'commands', why: 'its command', feature: 'answers' },
  { scope: 'app_mentions:read', why: 'being asked by name, in threads too', feature: 'answers' },
  { scope: 'users:read', why: 'who asks: guests and other companies get no answer', feature: 'answers' },
];

/** Asked for, and left out by whoever installs the app if they like: https://docs.slack.dev/changelog/2026/03/16/optional-scopes */
const OPTIONAL: ReadonlySet<Feature | null> = new Set<Feature>(['history']);

/** What is needed for what is switched on. */
export function needsOf(features: ReadonlySet<Feature>): readonly Need[] {
  return NEEDS.filter(({ feature }) => feature === null || features.has(feature));
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
