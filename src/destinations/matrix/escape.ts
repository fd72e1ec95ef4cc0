const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Is not seen, and parts what stands around it. */
const WORD_JOINER = '\u2060';

/** User text in `formatted_body`: https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes */
export function escapeHtml(text: string): string {
  return inert(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '');
}

/** An address of matrix.to looks like a mention of somebody in most clients, wherever it stands. */
export function inert(text: string): string {
  return text.replace(/matrix\.(?=to\b)/gi, (name) => name + WORD_JOINER);
}

/** Whether a link from a text may be one. */
export function mayLink(url: string): boolean {
  return URL.parse(url)?.hostname.replace(/\.$/, '').endsWith('matrix.to') === false;
}
