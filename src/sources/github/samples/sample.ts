import type { Scene } from '../../../model/plugin/samples.ts';
import { CODE } from './code.ts';
import { COMMUNITY } from './community.ts';
import { CONVERSATION } from './conversation.ts';
import { organization, teammate, user, visitor } from './people.ts';
import { repository } from './repository.ts';
import type { PayloadMaker } from './scene.ts';
import { SECURITY } from './security.ts';

export interface Sample {
  /** The value of `X-GitHub-Event`. */
  readonly type: string;
  readonly payload: Record<string, unknown>;
}

const MAKERS: ReadonlyMap<string, PayloadMaker> = new Map(
  Object.entries({ ...CONVERSATION, ...CODE, ...SECURITY, ...COMMUNITY }),
);

/** Every `event.action` (or bare event) that `sample` knows, in the order a person would read them. */
export function sampleNames(): readonly string[] {
  return [...MAKERS.keys()];
}

/**
 * The nth full-size payload for `name`, as GitHub would send it for `acme/api` (a pull request about 25 kB, an issue
 * about 12 kB). Ids, numbers, titles, people and times differ with n; the same n and now give the same payload.
 * Undefined when there is no such sample.
 */
export function sample(name: string, scene: Scene): Sample | undefined {
  const make = MAKERS.get(name);
  if (make === undefined) return undefined;
  const type = name.split('.')[0] ?? name;
  const particular = make(scene);
  const payload = {
    ...particular,
    repository: particular['repository'] ?? repository(scene, { stars: 1_203 + scene.n }),
    organization: organization(),
    sender: particular['sender'] ?? user(sender(type, scene)),
  };
  return { type, payload };
}

function sender(type: string, scene: Scene): string {
  if (type === 'star' || type === 'watch' || type === 'fork') return visitor(scene);
  const isReply = type.includes('comment') || type.includes('review');
  return teammate(scene, isReply ? 2 : 0);
}
