/** What a monitor's message is besides what somebody wrote: Datadog's own lines around it. */
const OWN_LINE =
  /^\s*(?:- - -|%%%|\[?\[!\[.*|\[\[(?:Monitor Status|Edit Monitor|View ).*|The monitor was last triggered at .*|Test notification triggered by .*)\s*$/;

/** Whom Datadog tells too: `@slack-ops`, `@webhook-tidings`, `@mona@example.com`. */
const HANDLE = /(^|\s)@(?:[\w.+-]+@[\w.-]+|[a-z]+-[\w.+:/-]+)/gi;
/** A line of nothing else: `@ops`, `Notify: @ops`. */
const HANDLES_ALONE = /^\s*(?:(?:notify|notifying|cc|ping)\s*:?)?(?:\s*`?@[\w.+:/@-]*`?)*\s*$/i;

/** What people wrote into a monitor, in Markdown. Null: nothing. */
export function messageOf(body: string | null): string | null {
  if (body === null) return null;
  const lines = body
    .replaceAll('%%%', '')
    // What the monitor's message was to be filled with.
    .replace(/\{\{[^{}\n]{0,80}\}\}/g, '…')
    .split('\n')
    .filter((line) => !OWN_LINE.test(line))
    .map((line) => line.replace(HANDLE, '$1').trimEnd())
    .map((line) => (HANDLES_ALONE.test(line) ? '' : line));
  return (
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim() || null
  );
}

const LAST_TRIGGERED = /\blast triggered at ([A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d{4} \d{2}:\d{2}:\d{2} UTC)/;

/** When it began, which Datadog writes into the message alone; ms since 1970. */
export function lastTriggered(body: string | null): number | null {
  const [, text] = LAST_TRIGGERED.exec(body ?? '') ?? [];
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

const LINK = /\[\[Monitor Status\]\((https:\/\/[^()\s]{1,400})\)/;

/** The page of the monitor, where the template has no link. */
export function linkIn(body: string | null): string | null {
  return LINK.exec(body ?? '')?.[1] ?? null;
}
