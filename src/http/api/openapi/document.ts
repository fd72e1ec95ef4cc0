import type { z } from 'zod';
import { Failure } from '../answers/common.ts';
import { ANY_FAILS, BODY_FAILS, CHANGE_FAILS, PARAMS_FAIL, STATUS_OF } from '../failures.ts';
import type { FailureStatus, Route } from '../route.ts';
import { componentsOf, inline, type Json, nameOf, refTo } from './components.ts';

type Row = Omit<Route<never>, 'handle'>;

/** Grows when something is taken away or changes its meaning; that would be /api/v2. */
const VERSION = '1.0.0';

const ABOUT = `What Tidings stored, decided and told, and what can be done about it. The dashboard and the command line know no more than
this.

Every key of an answer is there in every answer, null where there is nothing; keys are only ever added. Times are ISO 8601 in UTC.
A failure is \`{"error": {"code", "message"}}\`: programs look at the code, people at the message. See docs/api.md.`;

/** OpenAPI 3.1, of the rows. `base`: where /api/v1 is. */
export function openApiDocument(rows: readonly Row[], base = '/api/v1'): Json {
  const answers = rows.flatMap(({ answer }) => namesOf(answer ?? undefined));
  const bodies = rows.flatMap(({ body }) => namesOf(body));
  return {
    openapi: '3.1.0',
    info: { title: 'Tidings', version: VERSION, description: ABOUT, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: base }],
    security: [{ bearer: [] }, { cookie: [] }],
    tags: [...new Set(rows.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: pathsOf(rows),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'ADMIN_TOKEN, or VIEWER_TOKEN, which changes nothing.' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'tidings',
          description: 'The session of the dashboard. Whatever changes something then also needs `X-CSRF-Token`.',
        },
      },
      schemas: componentsOf([...answers, ...namesOf(Failure)], bodies),
    },
  };
}

/** `getEvents`, `getEvent`, `getEventPayload`, `postLanePause`: a thing of many is named by one. */
export function operationIdOf({ method, path }: Pick<Row, 'method' | 'path'>): string {
  const parts = path.split('/').slice(1);
  const words = parts.flatMap((part, index) => {
    if (part.startsWith(':')) return [];
    return [parts[index + 1]?.startsWith(':') ? part.replace(/s$/, '') : part];
  });
  return `${method.toLowerCase()}${words
    .flatMap((word) => word.split(/\W/))
    .map(capitalised)
    .join('')}`;
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

function pathsOf(rows: readonly Row[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const row of rows) {
    const path = row.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: operationOf(row) };
  }
  return paths;
}

function operationOf(row: Row): Json {
  const { tag, summary, description, command, role, body } = row;
  const onCommandLine = command === undefined ? [] : [`On the command line: \`tidings ${command}\`.`];
  const who = role === 'admin' ? ['For admins: it changes something, and is kept in the audit list.'] : [];
  const text = [description, ...onCommandLine, ...who].filter((part) => part !== undefined).join('\n\n');
  return {
    operationId: operationIdOf(row),
    tags: [tag],
    summary,
    ...(text !== '' && { description: text }),
    ...(command !== undefined && { 'x-tidings-command': command }),
    parameters: [...parametersOf(row.params, 'path'), ...parametersOf(row.query, 'query')],
    ...(body !== undefined && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
    }),
    responses: { ...answersOf(row), ...failuresOf(row) },
  };
}

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): readonly Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = inline(schema, 'input') as {
    properties?: Record<string, Record<string, unknown>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description = `Which ${name}.`, ...rest }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    description,
    schema: rest,
  }));
}

function answersOf({ answer, contentType = 'application/json', summary, statuses = [200] }: Row): Json {
  const schema = answer === null ? { type: 'string', format: 'binary' } : schemaOf(answer, 'output');
  const told = { description: summary, content: { [contentType]: { schema } } };
  return Object.fromEntries(statuses.map((status) => [status, told]));
}

function failuresOf(row: Row): Json {
  const all = failuresByCode(row);
  const statuses = [...new Set(Object.keys(all).map(statusOf))].toSorted((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = Object.entries(all).filter(([code]) => statusOf(code) === status);
      const description = codes.map(([code, words]) => `\`${code}\`: ${sentence(words)}`).join('\n\n');
      return [status, { description, content: { 'application/json': { schema: schemaOf(Failure, 'output') } } }];
    }),
  );
}

function sentence(words: string): string {
  return `${capitalised(words)}${/[.!?]$/.test(words) ? '' : '.'}`;
}

/** Everything that a row may answer but what is asked for: code → in words. */
export function failuresByCode(row: Row): Readonly<Record<string, string>> {
  return {
    ...ANY_FAILS,
    ...(row.params !== undefined && PARAMS_FAIL),
    ...(row.body !== undefined && BODY_FAILS),
    ...(row.role === 'admin' && CHANGE_FAILS),
    ...row.failures,
  };
}

/** @throws Error: the code has no status */
export function statusOf(code: string): FailureStatus {
  const status = (STATUS_OF as Readonly<Record<string, FailureStatus | undefined>>)[code];
  if (status === undefined) throw new Error(`${code} has no status in failures.ts`);
  return status;
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const name = nameOf(schema);
  if (name !== null) return refTo(name);
  return isUnion(schema) ? { anyOf: schema.options.map((each) => schemaOf(each, io)) } : inline(schema, io);
}

function isUnion(schema: z.ZodType): schema is z.ZodUnion<readonly z.ZodType[]> {
  return schema.type === 'union';
}

function namesOf(schema: z.ZodType | undefined): readonly string[] {
  if (schema === undefined) return [];
  const name = nameOf(schema);
  if (name !== null) return [name];
  return isUnion(schema) ? schema.options.flatMap(namesOf) : [];
}
