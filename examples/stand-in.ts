import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

// Stand-ins for GitHub and Slack, so that the examples need no account and no internet. Nothing to learn here.

/** GitHub's list of issues of acme/api, in which somebody opens another one every 4 to 8 seconds. Returns its address. */
export function github(): Promise<string> {
  const titles = ['Payments fail', 'Search is slow on Mondays', 'Typo in the docs', 'Dark mode, please'];
  const issues = [{ number: 41, title: 'Uploads time out', created_at: new Date().toISOString() }];
  const open = () => {
    const number = 41 + issues.length;
    issues.unshift({ number, title: titles[number % 4] ?? '', created_at: new Date().toISOString() });
    setTimeout(open, 4_000 + Math.random() * 4_000).unref();
  };
  setTimeout(open, 4_000).unref();
  return listen((_, response) => response.end(JSON.stringify(issues)));
}

/** Slack's incoming webhook: prints what it is sent, and is busy ("429, in a second") every third time. */
export function slack(): Promise<string> {
  let asked = 0;
  return listen((request, response) => {
    void text(request).then((body) => {
      if (++asked % 3 === 0) return response.writeHead(429, { 'retry-after': '1' }).end();
      console.log(`   #general  ${JSON.parse(body).text}`);
      return response.end('ok');
    });
  });
}

function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).unref();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
