import { actionsOf } from '../../model/event-catalog.ts';
import { isObject, type Payload, read, textOrNull } from '../../shared/payload.ts';
import { eventOf } from './events.ts';

/**
 * The payload with what older hooks, Enterprise Servers and hand-made senders leave out, as far as the rest says it: its action,
 * its sender, and the repository's full name.
 */
export function completed(type: string, payload: Payload): Payload {
  const acted = { ...payload, ...actionOf(type, payload), ...repositoryOf(payload) };
  return { ...acted, ...senderOf(type, acted) };
}

function actionOf(type: string, payload: Payload): Payload {
  if (textOrNull(payload, 'action') !== null) return {};
  const action = eventOf(type)?.actionOf?.(payload) ?? onlyActionOf(type);
  return action === null ? {} : { action };
}

/** Of `deployment`, `created` is the only action there is. */
function onlyActionOf(type: string): string | null {
  const event = eventOf(type);
  const [only, ...others] = (event && actionsOf(event)) ?? [];
  return only === undefined || others.length > 0 || event?.actions[''] !== undefined ? null : only;
}

/** Whoever wrote a comment posted it. Of who pushed, GitHub says no more than the name. */
function senderOf(type: string, payload: Payload): Payload {
  if (textOrNull(payload, 'sender.login') !== null) return {};
  const path = read(eventOf(type)?.doneBy, textOrNull(payload, 'action') ?? '');
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
