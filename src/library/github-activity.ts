import type { StoredEvent } from '../model/event.ts';
import type { Normalised } from '../model/source.ts';
import type { Told } from '../sources/github/normalise/verdict.ts';
import { activityOf } from '../sources/github/normalise.ts';
import { parsePayload } from '../sources/github/payload.ts';

/** What is particular to one event. Actor, repository, source and the keys that tell it once come from the event. */
export type GithubTold = Partial<Omit<Told, 'kind' | 'headline'>> & Pick<Told, 'headline'>;

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
  const told: Told = { action: null, tone: 'neutral', subject: null, ...tell(payload as Shape), kind: 'told' };
  return { kind: 'activity', activity: activityOf(event, payload, told) };
}
