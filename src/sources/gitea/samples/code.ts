import type { Scene } from '../../../model/plugin/samples.ts';
import { at, hash, type Json, numberOf, SITE, user, work } from './scene.ts';

/** Two commits to main, the newest first. */
export function push(scene: Scene): Json {
  const [before, middle, after] = ['old', 'middle', 'new'].map((of) => hash(scene, of));
  const commits = [commit(scene, after ?? '', work(scene).title), commit(scene, middle ?? '', 'A test for slow lines')];
  return {
    ref: 'refs/heads/main',
    before,
    after,
    compare_url: `${SITE}/compare/${before}...${after}`,
    commits,
    total_commits: commits.length,
    head_commit: commits[0],
    pusher: user(scene),
  };
}

function commit(scene: Scene, id: string, message: string): Json {
  return {
    id,
    message: `${message}\n`,
    url: `${SITE}/commit/${id}`,
    author: { name: 'Hubert Park', email: 'hubert@example.com', username: user(scene, 1)['login'] },
    timestamp: at(scene, -60),
    added: [],
    removed: [],
    modified: ['src/upload/send.ts'],
  };
}

export function branch(scene: Scene): Json {
  return { sha: hash(scene, 'new'), ref: `${work(scene).branch}-${scene.n}`, ref_type: 'branch' };
}

export function release(scene: Scene): Json {
  const tag = `v2.${numberOf(scene)}.0`;
  return {
    action: 'published',
    release: {
      id: 300 + scene.n,
      tag_name: tag,
      name: `Release ${tag}`,
      body: `- ${work(scene).title}`,
      html_url: `${SITE}/releases/tag/${tag}`,
      draft: false,
      prerelease: false,
      created_at: at(scene),
      published_at: at(scene),
      author: user(scene),
      assets: [],
    },
  };
}

export function run(scene: Scene, conclusion: string): Json {
  const id = 5_000 + scene.n;
  return {
    action: 'completed',
    workflow: { id: 'ci.yml', name: 'CI', path: '.gitea/workflows/ci.yml' },
    workflow_run: {
      id,
      html_url: `${SITE}/actions/runs/${id}`,
      display_title: work(scene).title,
      path: 'ci.yml@refs/heads/main',
      event: 'push',
      run_attempt: 1,
      run_number: numberOf(scene),
      head_sha: hash(scene, 'new'),
      head_branch: 'main',
      status: 'completed',
      conclusion,
      started_at: at(scene, -187),
      completed_at: at(scene),
    },
  };
}
