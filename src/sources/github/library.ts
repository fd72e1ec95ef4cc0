import type { StoredEvent } from '../../model/event.ts';
import type { Normalised, Source } from '../../model/source.ts';
import { Secret } from '../../shared/secret.ts';
import { githubSource as createGithub } from './github-source.ts';
import type { ActivityParts } from './normalise/family.ts';
import { activityOf } from './normalise.ts';
import { parsePayload } from './payload.ts';

export interface GithubOptions {
  /** The last part of its address, `/webhooks/<name>`. Default `github`. */
  readonly name?: string;
  /** All are tried while one is being replaced. What is undefined or empty is left out. */
  readonly secrets: readonly (string | Secret | undefined)[];
}

/**
 * GitHub's webhooks.
 * @throws TypeError without a secret: nothing could ever be verified
 */
export function githubSource({ name = 'github', secrets }: GithubOptions): Source {
  const given = secrets.map((secret) => Secret.of(secret ?? '')).filter((secret) => secret.reveal() !== '');
  if (given.length === 0) throw new TypeError(`source "${name}" needs a secret: the one set at GitHub's webhook`);
  return createGithub({ name, secrets: given });
}

/** What is particular to one event. Actor, repository, source and the keys that tell it once come from the event. */
export type GithubTold = Partial<Omit<ActivityParts, 'kind' | 'headline'>> & Pick<ActivityParts, 'headline'>;

/**
 * An activity out of one of GitHub's events, for a normaliser branch of one's own. `tell` gets the payload as GitHub sent
 * it; `Shape` is what it expects of it and is not checked. `action` is null unless given; `kind` becomes
 * `<event type>.<action>`, which is what a rule's `on:` names.
 * @throws PayloadError when the body is no JSON object. Whatever is thrown here makes the event `failed`, with the reason.
 */
export function githubActivity<Shape extends object>(
  event: StoredEvent,
  tell: (payload: Shape) => GithubTold,
): Normalised {
  const payload = parsePayload(event);
  const told: ActivityParts = {
    action: null,
    tone: 'neutral',
    subject: null,
    ...tell(payload as Shape),
    kind: 'activity',
  };
  return { kind: 'activity', activity: activityOf(event, payload, told) };
}
