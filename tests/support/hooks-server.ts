import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGithubHooks, type GithubHooks } from '../doubles/github-hooks.ts';

export interface HooksServer extends AsyncDisposable {
  readonly url: string;
  readonly hooks: GithubHooks;
}

/** GitHub's webhooks API alone, on a port of its own. */
export async function startHooksServer(): Promise<HooksServer> {
  const hooks = createGithubHooks();
  const server = createServer((incoming, response) => {
    void hooks.route(incoming, response).then((isAnswered) => {
      if (!isAnswered) response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hooks,
    async [Symbol.asyncDispose]() {
      await hooks.settled();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
