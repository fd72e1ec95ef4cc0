import { operationIdOf } from '../../src/http/api/openapi/document.ts';
import type { Row } from './held-to-schema.ts';

/** How each row is asked so that it answers, whatever is stored: by its operation. */
export const EXAMPLES: Readonly<Record<string, { readonly path: string; readonly body?: unknown }>> = {
  getEvents: { path: '/events' },
  getEvent: { path: '/events/7' },
  getEventPayload: { path: '/events/7/payload' },
  getEventExplanation: { path: '/events/7/explanation' },
  getEventActivity: { path: '/events/7/activity' },
  getEventPreview: { path: '/events/7/preview' },
  getStatus: { path: '/status' },
  getCounts: { path: '/counts' },
  getAudit: { path: '/audit' },
  getSources: { path: '/sources' },
  getOpenapiJson: { path: '/openapi.json' },
};

/** @throws Error: nobody wrote one */
export function exampleOf(row: Pick<Row, 'method' | 'path'>): { readonly path: string; readonly body?: unknown } {
  const id = operationIdOf(row);
  const example = EXAMPLES[id];
  if (example === undefined) throw new Error(`${id} has no example in tests/support/v1-examples.ts`);
  return example;
}
