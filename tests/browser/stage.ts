import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { chromium, closeChromium } from '../support/browser.ts';
import { configure, dataDir } from '../support/data-dir.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import type { RunningTidings } from '../support/tidings-process.ts';

// One Chromium for all files of a process.
after(closeChromium);

type Env = Readonly<Record<string, string | undefined>>;

export interface Stage {
  readonly dir: string;
  readonly server: RunningTidings;
  /** Without a slash at its end. */
  readonly url: string;
  /** `tidings send …` at this server: `send('pull_request.opened')`. */
  send(...args: readonly string[]): Promise<void>;
  /** Any command beside it. */
  run(...args: readonly string[]): ReturnType<typeof inProcess>;
  /** A new window, with cookies of its own. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

const ENDS = new WeakMap<TestContext, AsyncDisposableStack>();

/** What ends with the test, the last first: a window before the server that it looks at, that one before its folder. */
export function endsOf(t: TestContext): AsyncDisposableStack {
  const known = ENDS.get(t);
  if (known !== undefined) return known;
  const ends = new AsyncDisposableStack();
  ENDS.set(t, ends);
  t.after(() =>
    ends.disposeAsync().catch((error: unknown) => {
      throw new Error(allOf(error).map(String).join('\n'), { cause: error });
    }),
  );
  return ends;
}

/** Each that went wrong at an end hides those before it. */
function allOf(error: unknown): readonly unknown[] {
  return error instanceof SuppressedError ? [...allOf(error.suppressed), ...allOf(error.error)] : [error];
}

/** A receiver with its worker, in this process, and windows that look at it. All end with the test. `before`: with the folder, before it starts. */
export async function stage(
  t: TestContext,
  config: object | null = null,
  env: Env = {},
  before: (dir: string) => Promise<void> = async () => undefined,
): Promise<Stage> {
  const dir = endsOf(t).use(await dataDir());
  if (config !== null) await configure(dir.path, config);
  await before(dir.path);
  const server = await serverInProcess('start', dir.path, env);
  endsOf(t).use(server);
  const url = `http://localhost:${server.port}`;
  const run = (...args: readonly string[]) => inProcess(args, dir.path, { ...env, PORT: String(server.port) });
  return {
    dir: dir.path,
    server,
    url,
    run,
    async send(...args) {
      const { code, stderr } = await run('send', ...args);
      assert.equal(code, 0, stderr);
    },
    open: (options) => open(t, url, options),
  };
}

/**
 * A window. When the test ends, nothing may have been asked of another host, and nothing may have been said on its console: neither an
 * error of ours nor one of the content security policy's. `expected`: requests that fail on purpose, by a part of what is said.
 */
export async function open(
  t: TestContext,
  url: string,
  options: BrowserContextOptions = {},
  expected: readonly RegExp[] = [],
): Promise<Page> {
  const browser = await chromium();
  const context = await browser.newContext({ baseURL: url, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const foreign: string[] = [];
  const said: string[] = [];
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (/^(?:https?|wss?):$/.test(asked.protocol) && asked.origin !== new URL(url).origin) foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  endsOf(t).defer(async () => {
    await context.close();
    assert.deepEqual(foreign, [], 'a page asked another host');
    const wrong = said.filter((line) => !expected.some((pattern) => pattern.test(line)));
    assert.deepEqual(wrong, [], 'a page said something on its console');
  });
  return page;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it stands, one line a finding. `rules`: of these alone, which is quick. */
export async function axeFindings(page: Page, rules: readonly string[] = []): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(AXE);
  // A colour on its way to another is neither.
  await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))');
  return page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as {
      readonly axe: { run(options: object): Promise<{ readonly violations: readonly Found[] }> };
    };
    interface Found {
      readonly id: string;
      readonly help: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      ...(only.length > 0 && { runOnly: { type: 'rule', values: only } }),
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary}`),
    );
  }, rules);
}

/** Nothing of the page stands beyond its right edge. */
export async function widthOver(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Only where somebody asked for pictures: `npm run pictures`. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['TIDINGS_PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
