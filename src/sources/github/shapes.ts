import { actionsOf } from '../../model/event-catalog.ts';
import { EVENTS } from './events.ts';
import type { GithubEvent } from './normalise/github-event.ts';

/** A `Shape` taken apart. */
export interface Fields {
  readonly has: readonly string[];
  readonly may: readonly string[];
  readonly lacks: readonly string[];
  /** The action is one of these. None: there is no `action`. Null: fields alone tell it. */
  readonly actions: readonly string[] | null;
}

/** What any payload may have. */
export const AROUND: ReadonlySet<string> = new Set(
  'action changes enterprise installation organization repository sender'.split(' '),
);

/** GitHub's events by the fields they are known by. */
export const SHAPES: ReadonlyMap<string, Fields> = new Map(
  Object.entries(EVENTS).map(([type, event]) => [type, fieldsOf(event)]),
);

function fieldsOf(event: GithubEvent): Fields {
  const { has, may = '', lacks = '', byAction } = event.shape;
  return { has: words(has), may: words(may), lacks: words(lacks), actions: byAction ? actionsOf(event) : null };
}

function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}
