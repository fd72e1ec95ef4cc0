import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApiFile } from '../../../../scripts/reference.ts';
import { ROUTES } from '../routes.ts';
import { nameOf } from './components.ts';
import { failuresByCode, openApiDocument, operationIdOf, statusOf } from './document.ts';

const DOCUMENT = openApiDocument(ROUTES);

/** What is sent there is tried, and changes nothing. */
const TRIES = new Set(['/rules/check', '/rules/test', '/rules/backtest']);

test('the description is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(DOCUMENT));
  assert.ok(valid, JSON.stringify(errors));
  // The judge sees what is wrong.
  assert.equal((await new Validator().validate({ ...structuredClone(DOCUMENT), info: {} })).valid, false);
});

test('docs/openapi.json is the description', () => {
  const docs = readFileSync(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8');
  assert.equal(docs, openApiFile(), 'npm run reference writes it anew');
});

test('every operation has an id of its own', () => {
  const ids = ROUTES.map(operationIdOf);
  assert.deepEqual([...new Set(ids)], ids);
  for (const id of ids) assert.match(id, /^(?:get|post|put|delete)[A-Z][A-Za-z]+$/);
});

for (const row of ROUTES) {
  test(`${row.method} ${row.path} says what it is`, () => {
    assert.match(row.summary, /^[A-Z].*[^.]$/);
    assert.match(row.tag, /^[A-Z][a-z]+$/);
    assert.doesNotMatch(row.command ?? '', /^tidings|^npx/);
    // GET changes nothing, and nothing else is for who may not change anything.
    assert.equal(row.role === 'admin', row.method !== 'GET' && !TRIES.has(row.path), 'who may');
    for (const code of Object.keys(failuresByCode(row))) assert.ok(statusOf(code) >= 400);
    for (const words of Object.values(failuresByCode(row))) assert.match(words, /\w/);
    const isJson = (row.contentType ?? 'application/json') === 'application/json';
    if (isJson && row.path !== '/openapi.json')
      assert.ok(
        row.answer && (nameOf(row.answer) ?? row.answer.type === 'union'),
        'its answer is exported by answers/',
      );
    for (const name of row.path.matchAll(/:(\w+)/g)) assert.ok(row.params, `${name[1]} is not said`);
  });
}

test('every parameter says what it is', () => {
  for (const { parameters, operationId } of operations()) {
    for (const { name, description } of parameters) assert.ok(description, `${operationId}: ${name}`);
  }
});

test('every schema says what it is, and gives no example', () => {
  const { schemas } = DOCUMENT['components'] as { schemas: Record<string, { description?: string }> };
  for (const [name, { description }] of Object.entries(schemas)) assert.ok(description, name);
  assert.doesNotMatch(JSON.stringify(schemas), /"examples?":/);
});

test('nothing names a schema that is not there, and every schema is named', () => {
  const text = JSON.stringify(DOCUMENT);
  const named = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name));
  const { schemas } = DOCUMENT['components'] as { schemas: object };
  assert.deepEqual([...named].toSorted(), Object.keys(schemas).toSorted());
});

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly description?: string }[];
}

function operations(): readonly Operation[] {
  const paths = DOCUMENT['paths'] as Record<string, Record<string, Operation>>;
  return Object.values(paths).flatMap((path) => Object.values(path));
}
