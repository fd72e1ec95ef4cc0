import { actionsOf, entryOf } from '../../model/event-catalog.ts';
import { isObject, type Payload, read, textOrNull } from '../../shared/payload.ts';
import { EVENTS } from './events.ts';

/**
 * The payload with what older hooks, Enterprise Servers and hand-made senders leave out, as far as the rest says it: an action
 * where the event has only one, and the repository's full name.
 */
export function completed(type: string, payload: Payload): Payload {
  return { ...payload, ...actionOf(type, payload), ...repositoryOf(payload) };
}

/** Of `deployment`, `created` is the only action there is. */
function actionOf(type: string, payload: Payload): Payload {
  const entry = entryOf(EVENTS, type);
  const [only, ...others] = (entry && actionsOf(entry)) ?? [];
  const isNeeded = only !== undefined && others.length === 0 && entry?.actions[''] === undefined;
  return isNeeded && textOrNull(payload, 'action') === null ? { action: only } : {};
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
