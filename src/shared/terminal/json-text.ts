/**
 * JSON that no terminal obeys: control characters beyond ASCII's first 32 (C1), and marks that turn the direction of text
 * around, are escaped like those. It means the same to every parser, so it is written so everywhere.
 */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replaceAll(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
