import { isHttpUrl } from '../../config/parts/http-url.ts';
import { clearTextProblem } from '../clear-text.ts';

// What people paste and what it should have been, as predicates. The text itself is a secret and is not repeated.

export const WEBHOOK_VARIABLE = 'TEAMS_WEBHOOK_URL';

const COPY_LINK =
  'the channel → … → Workflows → "Send webhook alerts to a channel" → Copy webhook link, https://….api.powerplatform.com:443/…/invoke?….';

/** At any host: Microsoft has moved them before. */
export function webhookProblem(text: string): string | undefined {
  const url = isHttpUrl(text) ? URL.parse(text) : null;
  if (url === null) return `is not the address of a webhook: ${COPY_LINK}`;
  if (/\.webhook\.office\.com$|^outlook\.office(?:365)?\.com$/.test(url.hostname)) {
    return `is that of a connector, which Microsoft has retired. Make a workflow: ${COPY_LINK}`;
  }
  const inClear = clearTextProblem(url, /\.(?:powerplatform|azure)\.com$/);
  if (inClear !== undefined) return inClear;
  return url.pathname === '/' ? `is not whole: ${COPY_LINK}` : undefined;
}

/** A user's sign-in name or object id: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format#mention-support-within-adaptive-cards */
export const USER = '^(?:[\\w.+-]{1,64}@[\\w.-]{1,190}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$';

export function userProblem(text: string): string | undefined {
  return new RegExp(USER).test(text)
    ? undefined
    : 'must be the name that somebody signs in with, as in "mona@acme.com", or the object id of the user at Entra.';
}
