/**
 * Slack's limits (https://docs.slack.dev/reference/block-kit/blocks), and ours where Slack's are not written down: a
 * message whose block texts add up to about 11,341 characters has been seen refused as `msg_blocks_too_long`.
 */
export const LIMITS = {
  sectionText: 3000,
  blocks: 50,
  contextElements: 10,
  messageBlockText: 8000,
  /** What a phone shows of `text` is far less; whom the message calls follows. */
  sentence: 300,
  /** Slack cuts at 40,000. */
  text: 1000,
} as const;

/** What must not be cut in two in escaped mrkdwn. Links are ours alone: user text holds no `<`. */
const UNITS = /<[^<>]*>|&(?:amp|lt|gt);|[^]/gu;

/** Escaped mrkdwn in at most `max` characters, `…` included; cut between code points, never inside an entity or a link. */
export function clip(escaped: string, max: number): string {
  if (escaped.length <= max) return escaped;
  let kept = '';
  for (const [unit] of escaped.slice(0, max + 1).matchAll(UNITS)) {
    if (kept.length + unit.length > max - 1) break;
    kept += unit;
  }
  // The cut may have left the beginning of an entity or a link as single characters.
  return `${kept.replace(/(?:&[a-z]{0,3}|<[^<>]*)$/, '').trimEnd()}…`;
}
