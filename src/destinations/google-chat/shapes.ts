import { isHttpUrl } from '../../config/parts/http-url.ts';
import { clearTextProblem } from '../clear-text.ts';

// What people paste and what it should have been, as predicates. The text itself is a secret and is not repeated.

export const WEBHOOK_VARIABLE = 'GOOGLE_CHAT_WEBHOOK_URL';

const COPY =
  'in a browser, the space → Apps & integrations → Webhooks → Copy link, https://chat.googleapis.com/v1/spaces/…/messages?….';

/** At any host, for proxies: https://developers.google.com/workspace/chat/quickstart/webhooks */
export function webhookProblem(text: string): string | undefined {
  const url = isHttpUrl(text) ? URL.parse(text) : null;
  if (url === null) return `is not the address of a webhook: ${COPY}`;
  const inClear = clearTextProblem(url, /^chat\.googleapis\.com$/);
  if (inClear !== undefined) return inClear;
  const isWhole =
    /\/spaces\/[^/]+\/messages\/?$/.test(url.pathname) && url.searchParams.has('key') && url.searchParams.has('token');
  return isWhole ? undefined : `is not whole: ${COPY}`;
}

export const USER = '^users/\\d{5,30}$';

export function userProblem(text: string): string | undefined {
  return new RegExp(USER).test(text)
    ? undefined
    : 'must be the number of a user, as in "users/123456789012345678901" (in quotes): the Directory API and People API say it.';
}
