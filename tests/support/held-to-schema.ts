import assert from 'node:assert/strict';
import { Failure } from '../../src/http/api/answers/common.ts';
import { failuresByCode, statusOf } from '../../src/http/api/openapi/document.ts';
import type { Route } from '../../src/http/api/route.ts';
import { ROUTES } from '../../src/http/api/routes.ts';

export type Row = Omit<Route<never>, 'handle'>;

/** What came back, as far as the description says something of it. */
export interface Answered {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

/** The row that serves this. `path`: below /api/v1. Null: none does. */
export function rowOf(method: string, path: string): Row | null {
  const [bare = ''] = path.split('?');
  const meant = method === 'HEAD' ? 'GET' : method;
  return ROUTES.find((row) => row.method === meant && pattern(row.path).test(bare)) ?? null;
}

/** Fails unless it is what the row, and so the OpenAPI description, promises: no key more, none less. */
export function heldToSchema(method: string, path: string, { status, contentType, text }: Answered): void {
  const row = rowOf(method, path);
  const where = `${method} ${path}: ${status} ${text.slice(0, 300)}`;
  if (status >= 400) return heldFailure(row, where, { status, contentType, text });
  assert.ok(row, `${where}: no row serves it`);
  assert.ok(
    (row.statuses ?? [200]).some((each) => each === status),
    where,
  );
  assert.equal(contentType?.split(';')[0], row.contentType ?? 'application/json', where);
  if (method === 'HEAD' || row.answer === null) return;
  for (const value of valuesOf(row, text)) {
    const parsed = row.answer.safeParse(value);
    assert.ok(parsed.success, `${where}: ${parsed.error?.message}`);
  }
}

/** Of a stream each line's data. */
function valuesOf({ contentType }: Row, text: string): readonly unknown[] {
  switch (contentType) {
    case 'application/x-ndjson':
      return text.split('\n').filter(Boolean).map(parsed);
    case 'text/event-stream':
      return [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => parsed(data));
    default:
      return [parsed(text)];
  }
}

function heldFailure(row: Row | null, where: string, { status, contentType, text }: Answered): void {
  assert.equal(contentType?.split(';')[0], 'application/json', where);
  if (text === '') return;
  const { error } = Failure.parse(parsed(text));
  const isOfAny = ['wrong_method', 'not_found', 'internal', 'no_file', 'not_here'].includes(error.code);
  if (row !== null && !isOfAny)
    assert.ok(Object.hasOwn(failuresByCode(row), error.code), `${where}: no failure of this row`);
  if (row === null) assert.ok(isOfAny || error.code === 'token_needed', where);
  assert.equal(status, statusOf(error.code), where);
  assert.ok(error.message.length > 0, where);
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`);
}
