import type { Scene } from '../../../model/plugin/samples.ts';
import { account, at, hash, html, type Json, numberOf, SITE, work } from './scene.ts';

/** Two commits to main, the newest first. */
export function push(scene: Scene): Json {
  const [old, middle, now] = ['old', 'middle', 'new'].map((of) => hash(scene, of));
  const newest = commit(scene, now ?? '', work(scene).title);
  const end = (target: Json) => ({ type: 'branch', name: 'main', target, links: html(`${SITE}/branch/main`) });
  const change = {
    old: end(commit(scene, old ?? '', 'Release 2.4.0')),
    new: end(newest),
    created: false,
    closed: false,
    forced: false,
    truncated: false,
    commits: [newest, commit(scene, middle ?? '', 'A test for slow lines')],
    links: html(`${SITE}/branches/compare/${now}..${old}`),
  };
  return { push: { changes: [change] } };
}

/** Of Bitbucket Pipelines, on main. */
export function build(scene: Scene, state: string): Json {
  const number = numberOf(scene);
  const sha = hash(scene, 'new');
  return {
    commit_status: {
      type: 'build',
      key: '3343801',
      name: `Pipeline #${number} for main`,
      state,
      description: '',
      refname: 'main',
      url: `${SITE}/addon/pipelines/home#!/results/${number}`,
      commit: commit(scene, sha, work(scene).title),
      created_on: at(scene, -187),
      updated_on: at(scene),
      links: { commit: { href: `https://api.bitbucket.org/2.0/repositories/acme/api/commit/${sha}` } },
    },
  };
}

export function fork(scene: Scene): Json {
  const name = `mona-${scene.n}/api`;
  const links = html(`https://bitbucket.org/${name}`);
  return {
    fork: { type: 'repository', full_name: name, name: 'api', is_private: false, links, created_on: at(scene) },
  };
}

function commit(scene: Scene, sha: string, message: string): Json {
  return {
    type: 'commit',
    hash: sha,
    message: `${message}\n`,
    date: at(scene, -60),
    author: { type: 'author', raw: 'Hubert Park <hubert@example.com>', user: account(scene, 1) },
    links: html(`${SITE}/commits/${sha}`),
  };
}
