import { z } from 'zod';
import { openApiDocument } from '../openapi/document.ts';
import { json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

/** `rows`: all of them, this one included. */
export function openApiRoute(rows: () => readonly Route<V1Deps>[]): Route<V1Deps> {
  return route({
    method: 'GET',
    path: '/openapi.json',
    tag: 'Tidings',
    summary: 'This description',
    description: 'Also in docs/openapi.json.',
    role: 'viewer',
    answer: z.looseObject({ openapi: z.string() }),
    async handle(_asked, { publicUrl }: V1Deps) {
      return json(openApiDocument(rows(), `${publicUrl ?? ''}/api/v1`));
    },
  });
}
