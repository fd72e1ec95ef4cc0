import { SourceList } from '../answers/setup.ts';
import { json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

export const SOURCE_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'GET',
    path: '/sources',
    tag: 'Sources',
    summary: 'For which sources this process takes webhooks, by the settings that it was started with',
    command: 'sources',
    role: 'viewer',
    answer: SourceList,
    async handle(_asked, { sources, startedAt }: V1Deps) {
      return json({ started_at: startedAt, sources: sources.map((name) => ({ name })) });
    },
  }),
];
