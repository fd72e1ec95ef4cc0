/**
 * A name in the text of a message, where no escape is documented: marks, and the `<` that calls people and begins links, become blanks
 * (https://developers.google.com/workspace/chat/format-messages#format-texts).
 */
export function unmarked(name: string): string {
  return name
    .replace(/[^\p{L}\p{N} .@/-]|_/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
}
