import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { median } from '../stats.ts';

const ASKED = 15;

export interface Asked {
  readonly status: number;
  /** As they came over the wire, headers left out. */
  readonly bytes: number;
  readonly text: string;
}

/** As a browser asks: what may be compressed comes compressed, and is counted so. */
export async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Asked> {
  const { promise, resolve, reject } = Promise.withResolvers<Asked>();
  const request = get(
    url,
    { headers: { accept: 'text/html', 'accept-encoding': 'identity', ...headers } },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const all = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, bytes: all.length, text: all.toString() });
      });
      response.on('error', reject);
    },
  );
  request.on('error', reject);
  return promise;
}

/** Median ms of a page or an answer, once it was asked before. */
export async function timeOf(url: string, accept = 'text/html'): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n <= ASKED; n++) {
    const began = performance.now();
    const { status, text } = await ask(url, { accept });
    if (status !== 200) throw new Error(`${url} was answered ${status}: ${text.slice(0, 2_000)}`);
    if (n > 0) times.push(performance.now() - began);
  }
  return median(times);
}

/** What a browser with nothing cached loads to show the page, in bytes: itself, its styles, its modules. */
export async function firstLoad(base: string): Promise<number> {
  const wire = { 'accept-encoding': 'gzip, br' };
  const page = await ask(`${base}/`);
  const asked = new Set([`${base}/`]);
  const waiting = [...linked(page.text, `${base}/`)];
  let bytes = (await ask(`${base}/`, wire)).bytes;
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (asked.has(url)) continue;
    asked.add(url);
    bytes += (await ask(url, { ...wire, accept: '*/*' })).bytes;
    const { text } = await ask(url, { accept: '*/*' });
    waiting.push(...imported(text, url));
  }
  return bytes;
}

function linked(html: string, url: string): string[] {
  const tags = html.matchAll(/<(?:script|link|img)\b[^>]*\b(?:src|href)="([^"]+)"/g);
  return Array.from(tags, ([, path = '']) => new URL(path, url).href);
}

function imported(text: string, url: string): string[] {
  return Array.from(
    text.matchAll(/^\s*(?:import|export)\b[^'"]*['"](\.[^'"]+)['"]/gm),
    ([, path = '']) => new URL(path, url).href,
  );
}

/** Pages that several processes share count in parts. Linux only. */
export function residentMb(pid: number): number {
  const [, kilobytes = 'NaN'] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
