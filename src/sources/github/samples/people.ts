import type { Scene } from '../../../model/plugin/samples.ts';
import { pick, sha } from './scene.ts';

export const TEAM = ['mona', 'octo-dev', 'hubot', 'lin-wei', 'priya-k', 'tomas-b', 'amara-o'] as const;

const FIRST = ['ada', 'brook', 'chidi', 'dana', 'emre', 'fatou', 'greta', 'hiro', 'ines', 'jonas', 'kaya'] as const;
const LAST = ['builds', 'codes', 'dev', 'hacks', 'labs', 'm', 'ops', 'r', 'rs', 'ts', 'w', 'x', 'zh'] as const;

/** Who acts in the nth sample. */
export function teammate(scene: Scene, offset = 0): string {
  return pick(TEAM, scene.n + offset);
}

/** Somebody from outside: 143 names, then with a number. */
export function visitor(scene: Scene): string {
  const round = Math.floor(scene.n / (FIRST.length * LAST.length));
  return `${pick(FIRST, scene.n)}-${pick(LAST, scene.n)}${round === 0 ? '' : round}`;
}

function accountId(login: string): number {
  return 1_000_000 + (Number.parseInt(sha(login).slice(0, 7), 16) % 90_000_000);
}

/** An account as GitHub embeds it, about 1 kB. Keys stand in GitHub's order. */
export function user(login: string, type: 'User' | 'Organization' = 'User'): Readonly<Record<string, unknown>> {
  const number = accountId(login);
  const api = `https://api.github.com/users/${login}`;
  return {
    login,
    id: number,
    node_id: `${type === 'User' ? 'U' : 'O'}_kgDO${Buffer.from(String(number)).toString('base64url')}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${number}?v=4`,
    gravatar_id: '',
    url: api,
    html_url: `https://github.com/${login}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** The organisation beside `repository` in an organisation's events. */
export function organization(login = 'acme'): Readonly<Record<string, unknown>> {
  const number = accountId(login);
  const api = `https://api.github.com/orgs/${login}`;
  return {
    login,
    id: number,
    node_id: `O_kgDO${Buffer.from(String(number)).toString('base64url')}`,
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${number}?v=4`,
    description: 'Everything for the coyote in a hurry',
  };
}
