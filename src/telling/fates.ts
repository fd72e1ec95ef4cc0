import type { ActionFate } from '../model/event-catalog.ts';

/** Of one type of event: action → what becomes of it. */
export type Actions = Readonly<Record<string, ActionFate>>;

/** Several actions, separated by blanks, to every rule that asks for the event. */
export function told(actions: string): Actions {
  return all(actions, 'told');
}

/** Several actions, separated by blanks, only where a rule names them. `why`: for people. */
export function minor(actions: string, why: string): Actions {
  return all(actions, { minor: why });
}

/** Several actions, separated by blanks, that share a fate. */
export function all(actions: string, fate: ActionFate): Actions {
  return Object.fromEntries(actions.split(' ').map((action) => [action, fate]));
}
