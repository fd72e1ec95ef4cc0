import type { KnownEvents } from '../../../config/check/known-events.ts';
import { actionsOf, type EventCatalog, entryOf } from '../../../model/event-catalog.ts';
import { kindOf, splitName } from '../../../model/kind.ts';
import { suggest } from '../../../shared/suggest.ts';

/** `pull_requests` → pull_request: what `--type` may have meant, where nothing is stored under it. Undefined: it is known. */
export function meantKind(kind: string, { catalog }: KnownEvents): string | undefined {
  const { type, action } = splitName(kind);
  const entry = entryOf(catalog, type);
  if (entryOf(catalog, kind) !== undefined) return undefined;
  if (action === null || entry === undefined) return nearestType(kind, catalog) ?? nearestType(type, catalog);
  const known = actionsOf(entry);
  if (known === null || known.includes(action)) return undefined;
  return kindOf(type, suggest(action, known) ?? null);
}

function nearestType(text: string, catalog: EventCatalog): string | undefined {
  return suggest(text, Object.keys(catalog));
}
