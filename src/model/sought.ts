/** Those for whom one word of a rule stands that tells people. */
export interface Sought {
  readonly rule: string;
  /** As the rule has it: `@asked`, `@acme/backend`. */
  readonly word: string;
  /** Logins. */
  readonly told: readonly string[];
  /** Who is not → why, in words: `unknown to people`, `called in team`. */
  readonly left: Readonly<Record<string, string>>;
}

/** `@asked: mona, hubot (unknown to people)` */
export function soughtWords({ word, told, left }: Sought): string {
  const all = [...told, ...Object.entries(left).map(([name, why]) => `${name} (${why})`)];
  return `${word}: ${all.join(', ') || 'nobody'}`;
}
