import type { App } from './app.ts';
import type { Workspace } from './workspace.ts';

export interface Call {
  readonly workspace: Workspace;
  readonly app: App;
  readonly args: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean };
/** `violation`: what a careful caller would not have done; Slack itself does not say it. */
export type Said = Answer & { readonly status?: number; readonly retryAfter?: number; readonly violation?: string };

export interface Method {
  /** Calls a minute and app: the tier. Null: Slack names none. https://docs.slack.dev/apis/web-api/rate-limits */
  readonly perMinute: number | null;
  /** It takes arguments as JSON. Methods that only read do not. */
  readonly takesJson?: boolean;
  /** It is called with the app-level token. */
  readonly isAppLevel?: boolean;
  readonly run: (call: Call) => Said;
}

export const TIER = { two: 20, three: 50, four: 100 } as const;

export const no = (error: string, more: object = {}): Said => ({ ok: false, error, ...more });

/** What an argument broke, in the words of the double. */
export const wrong = (error: string, violation: string): Said => ({ ok: false, error, violation });

export function needs(app: App, ...wanted: readonly string[]): Said | null {
  const needed = wanted.filter((scope) => !app.scopes.includes(scope)).join(',');
  return needed === '' ? null : no('missing_scope', { needed, provided: app.scopes.join(',') });
}

export function textOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}

/** Booleans come as text in a form. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

/** What is an object in JSON is JSON text in a form. Undefined: it is not there, or not JSON. */
export function structured(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string;
}

/** Null: the cursor is none that was given out. */
export function pageOf<T>(all: readonly T[], limit: number, cursor: unknown): Page<T> | null {
  const start = cursor ? Number(Buffer.from(textOf(cursor), 'base64').toString()) : 0;
  if (!Number.isInteger(start)) return null;
  const end = start + limit;
  return { items: all.slice(start, end), next: end < all.length ? Buffer.from(String(end)).toString('base64') : '' };
}
