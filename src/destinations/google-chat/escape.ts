const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** User text in a card, whose HTML is all that acts there: https://developers.google.com/workspace/chat/format-messages#card-formatting */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}

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
