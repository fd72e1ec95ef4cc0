import { visitor } from './people.ts';
import { repository } from './repository.ts';
import type { PayloadMaker } from './scene.ts';
import { at } from './scene.ts';

const ZEN = 'Keep it logically awesome.';

/** Stars, forks and the first request of a new hook: what strangers and GitHub itself send. */
export const COMMUNITY: Readonly<Record<string, PayloadMaker>> = {
  'star.created': (scene) => ({ action: 'created', starred_at: at(scene) }),
  'star.deleted': () => ({ action: 'deleted', starred_at: null }),
  'watch.started': () => ({ action: 'started' }),
  fork: (scene) => ({
    forkee: { ...repository(scene, { owner: visitor(scene), stars: 0 }), created_at: at(scene), public: true },
  }),
  ping: (scene) => {
    const hook = 109_948_940 + scene.n;
    const url = `https://api.github.com/repos/acme/api/hooks/${hook}`;
    return {
      zen: ZEN,
      hook_id: hook,
      hook: {
        type: 'Repository',
        id: hook,
        name: 'web',
        active: true,
        events: ['*'],
        config: { content_type: 'json', insecure_ssl: '0', url: 'https://tidings.example.com/webhooks/github' },
        updated_at: at(scene),
        created_at: at(scene),
        url,
        test_url: `${url}/test`,
        ping_url: `${url}/pings`,
        deliveries_url: `${url}/deliveries`,
        last_response: { code: null, status: 'unused', message: null },
      },
    };
  },
};
