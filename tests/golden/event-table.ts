import {
  type ActionFate,
  type EventCatalog,
  type EventEntry,
  whyMinor,
  whyNever,
} from '../../src/model/event-catalog.ts';

/** What becomes of each event, for docs/sources/<name>.md, between `<!-- generated: events -->` and `<!-- end -->`. */
export function withEventTable(page: string, catalog: EventCatalog): string {
  const place = /(<!-- generated: events -->\n)[^]*?(<!-- end -->)/;
  return page.replace(place, (_, before: string, after: string) => `${before}\n${table(catalog)}\n\n${after}`);
}

function table(catalog: EventCatalog): string {
  const rows = Object.entries(catalog).map(([type, entry]) => row(type, entry));
  return ['| event | posted | if named | never |', '|---|---|---|---|', ...rows].join('\n');
}

function row(type: string, { actions }: EventEntry): string {
  const cells = [isPosted, isMinor, isNever].map((fits) =>
    Object.entries(actions)
      .filter(([, fate]) => fits(fate))
      .map(([action, fate]) => named(action, fate))
      .join(', '),
  );
  return `| \`${type}\` | ${cells.join(' | ')} |`;
}

function named(action: string, fate: ActionFate): string {
  const name = action === '' ? 'yes' : `\`${action}\``;
  return typeof fate === 'object' && 'minorWhen' in fate ? `${name} (not when ${fate.minorWhen})` : name;
}

function isPosted(fate: ActionFate): boolean {
  return fate === 'told' || 'minorWhen' in fate;
}

function isMinor(fate: ActionFate): boolean {
  return whyMinor(fate) !== null;
}

function isNever(fate: ActionFate): boolean {
  return whyNever(fate) !== null;
}
