import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { PageApp, PageContext } from './page-env.ts';

const FOLDER = new URL('./assets/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
/** They are asked for by what they hold, so that what is kept never grows old. */
const FOR_EVER = 'public, max-age=31536000, immutable';

type Coding = 'br' | 'gzip';

interface Asset {
  readonly type: string;
  readonly bytes: Buffer<ArrayBuffer>;
  /** Made for the first who takes it. */
  readonly coded: Map<Coding, Buffer<ArrayBuffer>>;
}

interface Assets {
  readonly version: string;
  readonly files: ReadonlyMap<string, Asset>;
}

let loaded: Assets | undefined;

/**
 * `/assets/<version>/<name>`. The version is a digest of them all: modules that import one another by relative addresses get one
 * another as they were then, without a map of names, which would have to be a script inside the page.
 */
export function assetPath(name: string): string {
  loaded ??= load();
  if (!loaded.files.has(name)) throw new Error(`there is no asset ${name}`);
  return `/assets/${loaded.version}/${name}`;
}

export function hasAsset(name: string): boolean {
  loaded ??= load();
  return loaded.files.has(name);
}

export function addAssets(app: PageApp): void {
  app.get('/assets/:version/:name', (c) => {
    loaded ??= load();
    const { version, name } = c.req.param();
    const asset = loaded.files.get(name);
    if (asset === undefined) return c.text('Not found.', 404);
    // A page of before a restart gets what there is, and must ask again.
    const isCurrent = version === loaded.version;
    const etag = `"${loaded.version}"`;
    const headers = { 'Cache-Control': isCurrent ? FOR_EVER : 'no-cache', ETag: etag, Vary: 'Accept-Encoding' };
    if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, headers);
    const coding = codingFor(c);
    const type = { 'Content-Type': asset.type };
    if (coding === null) return c.body(asset.bytes, 200, { ...headers, ...type });
    return c.body(coded(asset, coding), 200, { ...headers, ...type, 'Content-Encoding': coding });
  });
}

function load(): Assets {
  const digest = createHash('sha256');
  const files = new Map<string, Asset>();
  for (const name of readdirSync(FOLDER).toSorted()) {
    const type = TYPES[name.split('.').at(-1) ?? ''];
    if (type === undefined) continue;
    const bytes = readFileSync(new URL(name, FOLDER));
    digest.update(`${name}\0${bytes.length}\0`).update(bytes);
    files.set(name, { type, bytes, coded: new Map() });
  }
  return { version: digest.digest('hex').slice(0, 16), files };
}

function codingFor(c: PageContext): Coding | null {
  const accepted = (c.req.header('accept-encoding') ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => !/;\s*q=0(?:\.0*)?$/.test(each))
    .map((each) => each.split(';')[0]?.trim());
  return (['br', 'gzip'] as const).find((each) => accepted.includes(each)) ?? null;
}

function coded(asset: Asset, coding: Coding): Buffer<ArrayBuffer> {
  let bytes = asset.coded.get(coding);
  if (bytes === undefined) {
    const options = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: asset.bytes.length } };
    bytes = coding === 'br' ? brotliCompressSync(asset.bytes, options) : gzipSync(asset.bytes, { level: 9 });
    asset.coded.set(coding, bytes);
  }
  return bytes;
}
