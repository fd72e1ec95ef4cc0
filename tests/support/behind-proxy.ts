import { writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { blocks, read } from '../docs/documents.ts';
import { CERTIFICATE, PRIVATE_KEY } from '../fixtures/localhost-certificate.ts';
import { dataDir } from './data-dir.ts';
import { beginInProcess } from './in-process.ts';
import { startServer } from './real-server.ts';
import { freePort, type RunningTidings, ready } from './tidings-process.ts';

/** At the root of the host, or below a path that the proxy leaves in what it passes on, or takes away. */
export const LAYOUTS = ['root', 'kept', 'stripped'] as const;
export type Layout = (typeof LAYOUTS)[number];
export type ProxyName = 'nginx' | 'caddy';

export interface BehindProxy {
  readonly publicUrl: string;
  readonly server: RunningTidings;
  /** By the proxy's TLS; the path is behind `publicUrl`. */
  ask(path: string, options?: Asked): Promise<Answered>;
  /** The same, as long as it goes on. */
  listen(path: string, headers: Readonly<Record<string, string>>): Promise<IncomingMessage>;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** The lines of docs/deploy.md, run by the real program, in front of a receiver with its worker. All ends with the test. */
export async function behindProxy(t: TestContext, name: ProxyName, layout: Layout, env: Record<string, string>) {
  const dir = await dataDir();
  t.after(() => dir[Symbol.asyncDispose]());
  const [port, backend] = [await freePort(), await freePort()];
  const publicUrl = `https://localhost:${port}${layout === 'root' ? '' : '/tidings'}`;
  const server = await beginInProcess(['start'], dir.path, { ...env, PORT: `${backend}`, PUBLIC_URL: publicUrl });
  t.after(async () => void (await server.stop()));
  await ready(server, 'healthz');
  const files = { certificate: join(dir.path, 'tls.pem'), key: join(dir.path, 'tls.key') };
  await writeFile(files.certificate, CERTIFICATE);
  await writeFile(files.key, PRIVATE_KEY, { mode: 0o600 });
  const settings = { nginx: nginxSettings, caddy: caddySettings }[name]({ layout, port, backend, ...files });
  const path = join(dir.path, 'proxy.conf');
  await writeFile(path, settings);
  const proxy = await startServer(name, name === 'nginx' ? ['-c', path] : ['--config', path]);
  t.after(() => proxy[Symbol.asyncDispose]());
  return { publicUrl, server, ask: askBy(publicUrl), listen: listenBy(publicUrl) } satisfies BehindProxy;
}

interface Settings {
  readonly layout: Layout;
  readonly port: number;
  readonly backend: number;
  readonly certificate: string;
  readonly key: string;
}

const PAGE = read('docs/deploy.md');

function nginxSettings({ layout, port, backend, certificate, key }: Settings): string {
  const server = blockOf('nginx')
    .replace('listen 443', `listen 127.0.0.1:${port}`)
    .replace('server_name ops.example.org', 'server_name localhost')
    .replace('/etc/ssl/ops.example.org.pem', certificate)
    .replace('/etc/ssl/ops.example.org.key', key)
    .replace('127.0.0.1:3000', `127.0.0.1:${backend}${layout === 'stripped' ? '/' : ''}`)
    .replace('location / {', layout === 'root' ? 'location / {' : 'location /tidings/ {');
  // All else that an nginx needs, as one that nobody installed.
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `${each}_temp_path ${each};`);
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const main = `daemon off; pid nginx.pid; error_log stderr notice; ${user} worker_processes 1;`;
  return `${main} events {} http { access_log off; ${temp.join(' ')}\n${server}}`;
}

function caddySettings({ layout, port, backend, certificate, key }: Settings): string {
  const proxy = `reverse_proxy 127.0.0.1:${backend}`;
  const below = {
    root: proxy,
    kept: `reverse_proxy /tidings* 127.0.0.1:${backend}`,
    stripped: `handle_path /tidings* {\n${proxy}\n}`,
  };
  const site = blockOf('caddyfile')
    .replace('ops.example.org', `https://localhost:${port}`)
    .replace('reverse_proxy 127.0.0.1:3000', `tls ${certificate} ${key}\n${below[layout]}`);
  return `{\nadmin off\nauto_https disable_redirects\n}\n${site}`;
}

function blockOf(language: string): string {
  const [block] = blocks(PAGE, [language]);
  if (block === undefined) throw new Error(`docs/deploy.md has no ${language}`);
  return block;
}

function askBy(publicUrl: string): BehindProxy['ask'] {
  return async (path, { method = 'GET', headers = {}, body } = {}) => {
    const response = await send(publicUrl + path, { method, headers }, body);
    let text = '';
    for await (const piece of response.setEncoding('utf8')) text += piece;
    return { status: response.statusCode ?? 0, headers: response.headers, text };
  };
}

function listenBy(publicUrl: string): BehindProxy['listen'] {
  return (path, headers) => send(publicUrl + path, { headers });
}

function send(url: string, options: RequestOptions, body?: string | Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Nothing is kept: each test ends with its proxy.
    request(url, { ...options, ca: CERTIFICATE, agent: false }, resolve)
      .on('error', reject)
      .end(body);
  });
}
