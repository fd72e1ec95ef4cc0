/** What happened, and what to do about it, each without its stop. */
export interface ReasonWords {
  readonly what: string;
  /** Null: the reason does not say. */
  readonly fix: string | null;
}

/**
 * Destinations say both in one line: `the bot may not post there (403 not_in_channel): invite it to the channel`. It is parted behind what
 * the other side answered, or else at the first colon or semicolon.
 */
export function reasonWords(reason: string): ReasonWords {
  const text = reason.trim().replace(/\.$/, '');
  const [, what = text, fix = null] =
    /^(.{1,300}?\([^()]{1,200}\))[:;] +(.+)$/s.exec(text) ?? /^(.{1,300}?)[:;] +(.+)$/s.exec(text) ?? [];
  return { what, fix };
}

/** As a sentence of its own. */
export function sentence(words: string): string {
  const first = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}
