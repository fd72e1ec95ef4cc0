import { clearTextProblem } from '../clear-text.ts';

// What people paste and what it should have been. Each tells what is wrong with the text as a predicate, or undefined; the
// text itself may be a secret and is not repeated.

export const WEBHOOK_VARIABLE = 'DISCORD_WEBHOOK_URL';

const COPY_WEBHOOK =
  'copy the address again: the channel → Edit Channel → Integrations → Webhooks → Copy Webhook URL, https://discord.com/api/webhooks/…/….';

/** At any host, for servers that take the same: https://docs.discord.com/developers/resources/webhook#execute-webhook */
export function webhookProblem(text: string): string | undefined {
  const url = /\s/.test(text) ? null : URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    return `is not the address of a webhook: ${COPY_WEBHOOK}`;
  }
  const inClear = clearTextProblem(url, /(?:^|\.)discord(?:app)?\.com$/);
  if (inClear !== undefined) return inClear;
  const [, compatible] = /\/webhooks\/\d+\/[^/]+\/(\w+)\/?$/.exec(url.pathname) ?? [];
  if (compatible !== undefined) return `ends in /${compatible}, for messages of another form: leave that off.`;
  if (!/\/webhooks\/\d+\/[\w-]+\/?$/.test(url.pathname)) return `is not whole: ${COPY_WEBHOOK}`;
  if (url.searchParams.has('thread_id')) return 'has a thread_id in it: leave that off, and set thread_id.';
  return undefined;
}

/** https://docs.discord.com/developers/reference#snowflakes */
export const SNOWFLAKE = '^\\d{15,21}$';
/** A role's with or without the `&` that tells it from a person's, as in Discord's mentions. */
export const ROLE = '^&?\\d{15,21}$';

const DEVELOPER_MODE = 'at Discord, User Settings → Advanced → Developer Mode, then';

export function threadProblem(text: string): string | undefined {
  return snowflakeProblem(text, `the id of a thread: ${DEVELOPER_MODE} right-click the thread → Copy Thread ID.`);
}

export function userProblem(text: string): string | undefined {
  return snowflakeProblem(text, `a user id: ${DEVELOPER_MODE} right-click the person → Copy User ID.`);
}

export function roleProblem(text: string): string | undefined {
  return snowflakeProblem(
    text.replace(/^&/, ''),
    `the id of a role: ${DEVELOPER_MODE} Server Settings → Roles → ⋯ → Copy Role ID.`,
  );
}

function snowflakeProblem(text: string, what: string): string | undefined {
  return new RegExp(SNOWFLAKE).test(text) ? undefined : `must be 15 to 21 digits in quotes, ${what}`;
}

/** https://docs.discord.com/developers/resources/webhook#create-webhook */
export function usernameProblem(text: string): string | undefined {
  if (text.trim().length > 80) return 'must have 80 characters at most.';
  const forbidden = /discord|clyde/i.exec(text)?.[0];
  return forbidden === undefined ? undefined : `contains "${forbidden}", which Discord allows in no name of a webhook.`;
}
