/** What happened, and what to do about it, each without its stop. */
export interface ReasonWords {
  readonly what: string;
  /** Null: the reason does not say. */
  readonly fix: string | null;
}

/** What the record says around the last answer. */
const AROUND = /^gave up after [\d,]+ tr(?:y|ies), the last: | \([^()]*replay --state dead[^()]*\)$/g;

/** Behind what the other side answered, else at the last semicolon, else at the first colon. */
const PARTS = [/^(.{1,300}?\([^()]{1,200}\))[:;] +(.+)$/s, /^(.{1,400}); +([^;]+)$/s, /^(.{1,300}?): +(.+)$/s];

/** Destinations say both in one line: `the bot may not post there (403 not_in_channel): invite it to the channel`. */
export function reasonWords(reason: string): ReasonWords {
  const text = reason.trim().replaceAll(AROUND, '').replace(/\.$/, '');
  for (const parts of PARTS) {
    const [, what, fix] = parts.exec(text) ?? [];
    if (what !== undefined && fix !== undefined) return { what, fix };
  }
  return { what: text, fix: null };
}

/** As a sentence of its own. */
export function sentence(words: string): string {
  const first = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}
