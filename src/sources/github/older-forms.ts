import { actionsOf } from '../../model/event-catalog.ts';
import { isObject, type Payload, read, textOrNull } from '../../shared/payload.ts';
import { eventOf } from './events.ts';
import type { GithubEvent } from './normalise/github-event.ts';

/**
 * The payload with what older hooks, Enterprise Servers and hand-made senders leave out, as far as the rest says it: its action,
 * its sender, and the repository's full name.
 */
export function completed(type: string, payload: Payload): Payload {
  const event = eventOf(type);
  const acted = { ...payload, ...actionOf(event, payload), ...repositoryOf(payload) };
  return { ...acted, ...senderOf(event, acted) };
}

function actionOf(event: GithubEvent | undefined, payload: Payload): Payload {
  if (event === undefined || textOrNull(payload, 'action') !== null) return {};
  const action = event.actionOf?.(payload) ?? onlyActionOf(event);
  return action === null ? {} : { action };
}

/** Of `deployment`, `created` is the only action there is. */
function onlyActionOf(event: GithubEvent): string | null {
  const [only, ...others] = actionsOf(event) ?? [];
  return only === undefined || others.length > 0 || event.actions[''] !== undefined ? null : only;
}

/** Whoever wrote a comment posted it. Of who pushed, GitHub says no more than the name. */
function senderOf(event: GithubEvent | undefined, payload: Payload): Payload {
  if (textOrNull(payload, 'sender.login') !== null) return {};
  const path = read(event?.doneBy, textOrNull(payload, 'action') ?? '');
  const who = typeof path === 'string' ? read(payload, path) : null;
  const login = textOrNull(who, 'login') ?? textOrNull(who, 'name');
  return login === null || !isObject(who) ? {} : { sender: { ...who, login } };
}

/** A push names its owner by `name`, everything else by `login`. */
function repositoryOf(payload: Payload): Payload {
  const repository = read(payload, 'repository');
  if (!isObject(repository) || textOrNull(repository, 'full_name') !== null) return {};
  const owner = textOrNull(repository, 'owner.login') ?? textOrNull(repository, 'owner.name');
  const name = textOrNull(repository, 'name');
  if (owner === null || name === null) return {};
  return { repository: { ...repository, full_name: name.includes('/') ? name : `${owner}/${name}` } };
}
