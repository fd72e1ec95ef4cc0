export const REPEAT_SIGN = '🔁';

/** Before what a message says that may have arrived already. */
export function asRepeat(words: string): string {
  return `Possible repeat: ${words}`;
}

/** The same as a line of its own, above the message. */
export const REPEAT_LINE = `${REPEAT_SIGN} Possible repeat of an earlier message`;
