import type { V1Answer, Visit } from '../http/visit.ts';

/** What /api/v1 said: of the type that its row promises, or why not. */
export type Said<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number; readonly message: string };

/** `T`: the answer's schema in http/api/answers, which every answer is held to by its own tests. */
export async function ask<T>(visit: Visit, path: string): Promise<Said<T>> {
  return said(await visit.ask('GET', path));
}

export async function act<T>(
  visit: Visit,
  path: string,
  body: unknown,
  { method = 'POST', headers }: { method?: 'POST' | 'PUT'; headers?: Readonly<Record<string, string>> } = {},
): Promise<Said<T>> {
  return said(await visit.ask(method, path, body, headers));
}

/** Null where it could not be said: the part of the page that shows it is left out. */
export async function askOrNull<T>(visit: Visit, path: string): Promise<T | null> {
  const answer = await ask<T>(visit, path);
  return answer.ok ? answer.value : null;
}

function said<T>({ status, body }: V1Answer): Said<T> {
  if (status < 400) return { ok: true, value: body as T };
  const { error } = (body ?? {}) as { readonly error?: { readonly message?: unknown } };
  const message = typeof error?.message === 'string' ? error.message : `It was answered with ${status}.`;
  return { ok: false, status, message };
}

/** `?a=1&b=2` of what is there; '' of nothing. */
export function query(values: Readonly<Record<string, string | number | null | undefined>>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') given.set(name, String(value));
  }
  return given.size === 0 ? '' : `?${given.toString()}`;
}
