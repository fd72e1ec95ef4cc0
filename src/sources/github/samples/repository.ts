import type { Scene } from '../../../model/plugin/samples.ts';
import { user } from './people.ts';
import { at } from './scene.ts';

/** Every URL GitHub lists for a repository, in its order. */
const URLS = [
  ['forks_url', '/forks'],
  ['keys_url', '/keys{/key_id}'],
  ['collaborators_url', '/collaborators{/collaborator}'],
  ['teams_url', '/teams'],
  ['hooks_url', '/hooks'],
  ['issue_events_url', '/issues/events{/number}'],
  ['events_url', '/events'],
  ['assignees_url', '/assignees{/user}'],
  ['branches_url', '/branches{/branch}'],
  ['tags_url', '/tags'],
  ['blobs_url', '/git/blobs{/sha}'],
  ['git_tags_url', '/git/tags{/sha}'],
  ['git_refs_url', '/git/refs{/sha}'],
  ['trees_url', '/git/trees{/sha}'],
  ['statuses_url', '/statuses/{sha}'],
  ['languages_url', '/languages'],
  ['stargazers_url', '/stargazers'],
  ['contributors_url', '/contributors'],
  ['subscribers_url', '/subscribers'],
  ['subscription_url', '/subscription'],
  ['commits_url', '/commits{/sha}'],
  ['git_commits_url', '/git/commits{/sha}'],
  ['comments_url', '/comments{/number}'],
  ['issue_comment_url', '/issues/comments{/number}'],
  ['contents_url', '/contents/{+path}'],
  ['compare_url', '/compare/{base}...{head}'],
  ['merges_url', '/merges'],
  ['archive_url', '/{archive_format}{/ref}'],
  ['downloads_url', '/downloads'],
  ['issues_url', '/issues{/number}'],
  ['pulls_url', '/pulls{/number}'],
  ['milestones_url', '/milestones{/number}'],
  ['notifications_url', '/notifications{?since,all,participating}'],
  ['labels_url', '/labels{/name}'],
  ['releases_url', '/releases{/id}'],
  ['deployments_url', '/deployments'],
] as const;

export interface RepositoryOptions {
  readonly owner?: string | undefined;
  readonly isFork?: boolean | undefined;
  readonly stars?: number | undefined;
}

/** The short form that workflow runs embed as `head_repository`. */
export function minimalRepository(owner = 'acme'): Readonly<Record<string, unknown>> {
  const fullName = `${owner}/api`;
  return {
    id: 186_853_002,
    node_id: 'R_kgDOCyMjGg',
    name: 'api',
    full_name: fullName,
    private: false,
    owner: user(owner, owner === 'acme' ? 'Organization' : 'User'),
    html_url: `https://github.com/${fullName}`,
    description: 'The API behind every delivery',
    fork: owner !== 'acme',
    url: `https://api.github.com/repos/${fullName}`,
    ...Object.fromEntries(URLS.map(([key, path]) => [key, `https://api.github.com/repos/${fullName}${path}`])),
  };
}

/** A repository as GitHub embeds it, about 6 kB. */
export function repository(scene: Scene, options: RepositoryOptions = {}): Readonly<Record<string, unknown>> {
  const fullName = `${options.owner ?? 'acme'}/api`;
  const stars = options.stars ?? 1_203;
  return {
    ...minimalRepository(options.owner),
    created_at: '2019-05-15T15:19:25Z',
    updated_at: at(scene, 3_600),
    pushed_at: at(scene, 120),
    git_url: `git://github.com/${fullName}.git`,
    ssh_url: `git@github.com:${fullName}.git`,
    clone_url: `https://github.com/${fullName}.git`,
    svn_url: `https://github.com/${fullName}`,
    homepage: null,
    size: 4_812,
    stargazers_count: stars,
    watchers_count: stars,
    language: 'TypeScript',
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 87,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: 23,
    license: {
      key: 'mit',
      name: 'MIT License',
      spdx_id: 'MIT',
      url: 'https://api.github.com/licenses/mit',
      node_id: 'MDc6TGljZW5zZTEz',
    },
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: 'public',
    forks: 87,
    open_issues: 23,
    watchers: stars,
    default_branch: 'main',
    custom_properties: {},
  };
}
