import type { Scene } from '../../../model/plugin/samples.ts';
export type Json = Readonly<Record<string, unknown>>;

export const PAGE = 'https://gitlab.com/acme/api';

export const PROJECT: Json = {
  id: 4711,
  name: 'api',
  description: 'Uploads, and what becomes of them',
  web_url: PAGE,
  avatar_url: null,
  git_ssh_url: 'git@gitlab.com:acme/api.git',
  git_http_url: 'https://gitlab.com/acme/api.git',
  namespace: 'acme',
  visibility_level: 20,
  path_with_namespace: 'acme/api',
  default_branch: 'main',
  homepage: PAGE,
};

export const MONA = user(101, 'Mona Lisa', 'mona');
export const HUBOT = user(102, 'Hubot', 'hubot');
export const PRIYA = user(103, 'Priya K', 'priya-k');

function user(id: number, name: string, username: string): Json {
  return { id, name, username, avatar_url: null, email: '[REDACTED]' };
}

/** `2026-01-01 00:00:00 UTC`, as GitLab writes most times. */
export function at({ now }: Scene, minutes = 0): string {
  return new Date(now + minutes * 60_000)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}

/** The name of a commit: the same for the same words. */
export function sha(words: string): string {
  let state = 2_166_136_261;
  const digits: string[] = [];
  for (let place = 0; digits.length < 40; place += 1) {
    state = Math.imul(state ^ (words.charCodeAt(place % words.length) + place), 16_777_619) >>> 0;
    digits.push((state >>> 28).toString(16));
  }
  return digits.join('');
}

export function commit(scene: Scene, message: string, author = 'Mona Lisa'): Json {
  const id = sha(`${message} ${scene.n}`);
  return {
    id,
    message: `${message}\n`,
    title: message,
    timestamp: new Date(scene.now).toISOString(),
    url: `${PAGE}/-/commit/${id}`,
    author: { name: author, email: '[REDACTED]' },
    added: [],
    modified: ['src/upload/send.ts'],
    removed: [],
  };
}

export function about(kind: string, by: Json, attributes: Json, more: Json = {}): Json {
  return { object_kind: kind, event_type: kind, user: by, project: PROJECT, object_attributes: attributes, ...more };
}
