import type { Scene } from '../../../model/plugin/samples.ts';
import { about, at, commit, HUBOT, type Json, MONA, PAGE, PROJECT, sha } from './scene.ts';

const NONE = '0'.repeat(40);

export function push(scene: Scene): Json {
  const commits = [commit(scene, 'Retry uploads that time out'), commit(scene, 'Count the tries', 'Hubot')];
  return pushed(scene, 'push', 'refs/heads/main', { commits, total_commits_count: commits.length });
}

export function tagPush(scene: Scene): Json {
  const more = { before: NONE, commits: [], total_commits_count: 0, message: 'Uploads that survive a bad line' };
  return pushed(scene, 'tag_push', `refs/tags/v1.${scene.n}.0`, more);
}

function pushed(scene: Scene, kind: string, ref: string, more: Json): Json {
  const after = sha(`Count the tries ${scene.n}`);
  return {
    object_kind: kind,
    event_name: kind,
    before: sha(`before ${scene.n}`),
    after,
    ref,
    checkout_sha: after,
    message: null,
    user_id: MONA['id'],
    user_name: MONA['name'],
    user_username: MONA['username'],
    user_email: '',
    user_avatar: null,
    project_id: PROJECT['id'],
    project: PROJECT,
    ...more,
  };
}

export function pipeline(scene: Scene, status: string): Json {
  const id = 31 + scene.n;
  const isFailed = status === 'failed';
  const job = (name: string, stage: string, outcome: string) => ({
    id: id * 10,
    name,
    stage,
    status: outcome,
    allow_failure: false,
  });
  return about(
    'pipeline',
    MONA,
    {
      id,
      iid: 3,
      name: null,
      ref: 'main',
      tag: false,
      sha: sha(`Count the tries ${scene.n}`),
      before_sha: sha(`before ${scene.n}`),
      source: 'push',
      status,
      detailed_status: isFailed ? 'failed' : 'passed',
      stages: ['build', 'test'],
      created_at: at(scene, -4),
      finished_at: at(scene),
      duration: 187,
      url: `${PAGE}/-/pipelines/${id}`,
    },
    {
      merge_request: null,
      commit: commit(scene, 'Count the tries'),
      builds: [job('compile', 'build', 'success'), job('unit tests', 'test', isFailed ? 'failed' : 'success')],
    },
  );
}

export function job(scene: Scene, status: string): Json {
  return {
    object_kind: 'build',
    ref: 'main',
    tag: false,
    sha: sha(`Count the tries ${scene.n}`),
    before_sha: sha(`before ${scene.n}`),
    build_id: 310 + scene.n,
    build_name: 'unit tests',
    build_stage: 'test',
    build_status: status,
    build_created_at: at(scene, -3),
    build_started_at: at(scene, -2),
    build_finished_at: at(scene),
    build_duration: 118.4,
    build_allow_failure: false,
    build_failure_reason: status === 'failed' ? 'script_failure' : 'unknown_failure',
    pipeline_id: 31 + scene.n,
    project_id: PROJECT['id'],
    project_name: 'Acme / api',
    user: MONA,
    commit: { id: 31, sha: sha(`Count the tries ${scene.n}`), message: 'Count the tries\n', author_name: 'Mona Lisa' },
    project: PROJECT,
    environment: null,
  };
}

export function deployment(scene: Scene, status: string): Json {
  const id = sha(`Count the tries ${scene.n}`);
  return {
    object_kind: 'deployment',
    status,
    status_changed_at: at(scene),
    deployment_id: 15 + scene.n,
    deployable_id: 320 + scene.n,
    deployable_url: `${PAGE}/-/jobs/${320 + scene.n}`,
    environment: 'production',
    environment_slug: 'production',
    environment_tier: 'production',
    environment_external_url: 'https://acme.example',
    project: PROJECT,
    short_sha: id.slice(0, 8),
    user: MONA,
    user_url: 'https://gitlab.com/mona',
    commit_url: `${PAGE}/-/commit/${id}`,
    commit_title: 'Count the tries',
    ref: 'main',
  };
}

export function release(scene: Scene): Json {
  const tag = `v1.${scene.n}.0`;
  return {
    object_kind: 'release',
    action: 'create',
    id: 50 + scene.n,
    name: 'Uploads that survive a bad line',
    tag,
    description: '- Uploads are tried three times\n- Safari works again',
    created_at: at(scene),
    released_at: at(scene),
    url: `${PAGE}/-/releases/${tag}`,
    project: PROJECT,
    assets: { count: 5, links: [{ id: 1, name: 'api.tar.gz', url: 'https://acme.example/api.tar.gz' }], sources: [] },
    commit: commit(scene, 'Count the tries'),
  };
}

export function wikiPage(scene: Scene): Json {
  const slug = `uploads-${scene.n}`;
  const page = { slug, title: 'Uploads', content: 'How they are sent.', message: 'Say how they are sent' };
  const url = `${PAGE}/-/wikis/${slug}`;
  return about('wiki_page', HUBOT, { ...page, format: 'markdown', url, action: 'create' });
}

export function featureFlag(scene: Scene): Json {
  const flag = { id: 6 + scene.n, name: 'retry-uploads', description: 'Three tries instead of one', active: true };
  return about('feature_flag', MONA, flag);
}

export function vulnerability(scene: Scene): Json {
  return {
    object_kind: 'vulnerability',
    object_attributes: {
      url: `${PAGE}/-/security/vulnerabilities/${3 + scene.n}`,
      title: 'Denial of service in an XML parser',
      state: 'detected',
      severity: 'high',
      report_type: 'dependency_scanning',
      location: { file: 'Gemfile.lock', dependency: { package: { name: 'rexml' }, version: '3.3.1' } },
      identifiers: [{ name: 'CVE-2024-41123', external_id: 'CVE-2024-41123', external_type: 'cve' }],
      created_at: at(scene),
      updated_at: at(scene),
    },
  };
}

export function accessToken(scene: Scene): Json {
  return {
    object_kind: 'access_token',
    event_name: 'expiring_access_token',
    project: PROJECT,
    object_attributes: { id: 25 + scene.n, name: 'deploy', user_id: 104, expires_at: at(scene, 10_080).slice(0, 10) },
  };
}

export function member(scene: Scene): Json {
  return {
    event_name: 'user_add_to_group',
    created_at: at(scene),
    updated_at: at(scene),
    group_id: 100 + scene.n,
    group_name: 'Acme',
    group_path: 'acme',
    group_access: 'Developer',
    user_id: HUBOT['id'],
    user_name: HUBOT['name'],
    user_username: HUBOT['username'],
    user_email: '',
    expires_at: null,
  };
}
