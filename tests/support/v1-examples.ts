import { operationIdOf } from '../../src/http/api/openapi/document.ts';
import type { Row } from './held-to-schema.ts';

/** How a row is asked so that it is asked rightly, where its path alone does not say it: by its operation. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  postReplays: { path: '/replays', body: { selection: { ids: [7] }, dry_run: true } },
  getReplay: { path: `/replays/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}` },
  postReplayCancel: { path: `/replays/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}/cancel` },
  postProblemsDismiss: { path: '/problems/dismiss', body: { selection: { messages: { state: 'dead' } } } },
  postRulesCheck: { path: '/rules/check', body: { text: 'rules: []' } },
  postRulesTest: { path: '/rules/test', body: { text: 'rules: []' } },
  postRulesBacktest: { path: '/rules/backtest', body: { text: 'rules: []' } },
  putRulesFile: { path: '/rules/file', body: { text: 'rules: []' } },
};

interface Example {
  /** Below /api/v1. */
  readonly path: string;
  readonly body?: unknown;
}

export function exampleOf(row: Pick<Row, 'method' | 'path' | 'body'>): Example {
  const path = row.path.replace(':id', '7').replace(':name', 'team');
  return EXAMPLES[operationIdOf(row)] ?? { path, ...(row.body !== undefined && { body: {} }) };
}
