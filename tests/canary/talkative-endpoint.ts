import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface TalkativeEndpoint extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
}

/**
 * Repeats whatever it is sent, as frameworks do in their error pages: address, headers and body, in every spelling. The
 * first part of the path says how it answers: `/ok`, `/gone`, `/ill`, `/moved`, `/cut`.
 */
export async function startTalkativeEndpoint(): Promise<TalkativeEndpoint> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await text(request).catch(() => '');
    const path = request.url ?? '/';
    const whole = url + path;
    const said = [
      `Cannot ${request.method} ${path}`,
      JSON.stringify({ url: whole }).replaceAll('/', String.raw`\/`),
      encodeURIComponent(whole),
      Buffer.from(whole).toString('base64'),
      JSON.stringify(request.headers),
    ];
    // Each answer begins otherwise, so that what is cut off differs.
    const turn = Number(request.headers['x-turn'] ?? Math.floor(path.length % said.length));
    const body = [...said.slice(turn), ...said.slice(0, turn)].join(' ');
    if (path.startsWith('/cut')) return void response.destroy();
    const status = path.startsWith('/ill') ? 500 : path.startsWith('/moved') ? 302 : path.startsWith('/ok') ? 200 : 404;
    response.writeHead(status, { location: `${whole}&again=1`, 'content-type': 'application/json' });
    response.end(path.startsWith('/api') ? JSON.stringify({ ok: false, error: body, message: body }) : body);
  }

  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
