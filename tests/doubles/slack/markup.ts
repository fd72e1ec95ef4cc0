/** `<https://…|label>`, `<@U…>`, `<#C…>`, `<!here>`, `<!subteam^S…>`, `<!date^…>`. */
const MEANT =
  /<(?:(?:https?:\/\/|mailto:)[^<>|\s]+(?:\|[^<>]*)?|@[UW][A-Z0-9]+(?:\|[^<>]*)?|#C[A-Z0-9]+(?:\|[^<>]*)?|!(?:here|channel|everyone|subteam\^S[A-Z0-9]+(?:\|[^<>]*)?|date\^[^<>]+))>/g;
const QUOTE = /^>+/gm;

/**
 * What in a text of mrkdwn is neither a mark that Slack knows nor escaped
 * (https://docs.slack.dev/messaging/formatting-message-text#escaping). Slack guesses what is meant; the double does not.
 */
export function unescapedIn(text: string): string | null {
  const rest = text.replace(MEANT, '').replace(QUOTE, '');
  const found = /[<>]|&(?!(?:amp|lt|gt);)/.exec(rest);
  return found === null ? null : rest.slice(Math.max(0, found.index - 20), found.index + 20);
}

/** The same of all mrkdwn in blocks. */
export function unescapedInBlocks(node: unknown): string | null {
  if (node === null || typeof node !== 'object') return null;
  if ('type' in node && node.type === 'mrkdwn' && 'text' in node) return unescapedIn(String(node.text));
  for (const child of Object.values(node)) {
    const found = unescapedInBlocks(child);
    if (found !== null) return found;
  }
  return null;
}
