export const PREFIX = '/webhooks/';

/** `/webhooks/github`, with a query or one trailing slash if need be. Names are plain: nothing is decoded. */
export function sourceName(url: string): string {
  if (!url.startsWith(PREFIX)) return '';
  const query = url.indexOf('?');
  const end = query === -1 ? url.length : query;
  return url.slice(PREFIX.length, url[end - 1] === '/' ? end - 1 : end);
}
