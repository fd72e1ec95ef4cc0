import { type PushDouble, startPushDouble } from './push-double.ts';

export const GOTIFY_TOKEN = 'AKe1sOfNobody.x';

type Json = Readonly<Record<string, unknown>>;

/** As far as https://gotify.net/api-docs and api/message.go say what it does. */
export function startGotifyDouble(): Promise<PushDouble> {
  let id = 24;
  return startPushDouble({
    path: '',
    answer({ method, path, headers, body }) {
      if (method === 'GET' && path === '/version') return { status: 200, body: { version: '2.6.1' } };
      if (path !== '/message') return no(404, 'Not Found', 'page not found');
      if (headers['x-gotify-key'] !== GOTIFY_TOKEN) {
        return no(
          401,
          'Unauthorized',
          'you need to provide a valid access token or user credentials to access this api',
        );
      }
      if (headers['content-type'] !== 'application/json') return no(400, 'Bad Request', 'unknown content type');
      const told = JSON.parse(body) as Json;
      if (told['message'] === undefined || told['message'] === '')
        return no(400, 'Bad Request', "Field 'message' is required");
      return { status: 200, body: { id: ++id, appid: 5, ...told }, told };
    },
    faultsOf: ({ title, message, priority, extras, ...others }) => [
      ...Object.keys(others).map((key) => `${key} is new`),
      ...(typeof title === 'string' && title !== '' && !title.includes('\n') ? [] : ['no title of one line']),
      ...(typeof message === 'string' && message !== '' ? [] : ['no message']),
      ...(Number.isInteger(priority) && Number(priority) >= 0 && Number(priority) <= 10
        ? []
        : [`priority ${String(priority)}`]),
      ...(extras === undefined || isTap(extras) ? [] : ['extras that do more than open a page']),
    ],
  });
}

function isTap(extras: unknown): boolean {
  const text = JSON.stringify(extras);
  return /^\{"client::notification":\{"click":\{"url":"https?:\/\/[^"]*"\}\}\}$/.test(text);
}

function no(errorCode: number, error: string, errorDescription: string) {
  return { status: errorCode, body: { error, errorCode, errorDescription } };
}
