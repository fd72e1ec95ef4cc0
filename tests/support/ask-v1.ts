/** Asks `/api/v1` of a server as somebody at its machine does. */
export function askingV1(server: { readonly url: string }) {
  return async <T>(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: T }> => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${server.url}/api/v1${path}`, { method, ...init });
    return { status: response.status, body: (await response.json()) as T };
  };
}
