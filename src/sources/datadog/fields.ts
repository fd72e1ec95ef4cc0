import { isObject, type Payload } from '../../shared/payload.ts';

/** What a template of somebody's says, by names without case, dots and underscores: `alert.alert_transition`, `alertTransition`. */
export type Fields = ReadonlyMap<string, string>;

const MOST_FIELDS = 300;
const DEEPEST = 4;
const LONGEST = 20_000;

/** What holds others is part of the name there: `org.name`. These say by themselves what they are of. */
const OWN_NAME = /^(?:aggreg|alert|event|incident|monitor|cycle|transition|priority|lastupdated)/;

/** Parts of other services' messages, which say nothing of what is in them: `payload.summary`, `attachments[0].title`. */
const WRAPPER = /^(?:payload|data|details|customdetails|attachments|embeds|cards?|metadata)$/;

export function fieldsOf(payload: Payload): Fields {
  const fields = new Map<string, string>();
  collect(payload, '', 0, fields);
  return fields;
}

function collect(object: Payload, holder: string, depth: number, fields: Map<string, string>): void {
  for (const [key, value] of Object.entries(object)) {
    if (fields.size >= MOST_FIELDS) return;
    // A form has `alert[alert_id]`.
    const parts = key.split(/[.[\]]+/).filter((part) => part !== '');
    const name = plainName(parts.at(-1) ?? '');
    const above = plainName(parts.at(-2) ?? '') || holder;
    const inner: unknown = Array.isArray(value) ? value[0] : value;
    if (isObject(inner)) {
      if (depth < DEEPEST) collect(inner, WRAPPER.test(name) ? holder : name, depth + 1, fields);
      continue;
    }
    const text = textOf(value);
    if (text === null || name === '') continue;
    if (above === '' || OWN_NAME.test(name)) add(fields, name, text);
    if (above !== '') add(fields, above + name, text);
  }
}

function add(fields: Map<string, string>, name: string, text: string): void {
  if (!fields.has(name)) fields.set(name, text);
}

function plainName(key: string): string {
  return key
    .slice(0, 80)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** Null: nothing. Datadog writes `null` for what it has not, and leaves a variable that it does not know as it stands. */
function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return textOf(value.filter((one) => typeof one === 'string').join(','));
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' || /^(?:null|none|undefined|n\/a|\$[A-Z_]+(?:\[[^\]]*\])?)$/i.test(text)
    ? null
    : unescaped(text.slice(0, LONGEST));
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", amp: '&' };

/** Datadog writes what variables hold as HTML: `unexpected &#x27;.&#x27;`. */
function unescaped(text: string): string {
  return text.replace(/&(lt|gt|quot|#39|#x27|amp);/gi, (_, name: string) => ENTITIES[name.toLowerCase()] ?? '');
}

/** The first of them that says something. */
export function field(fields: Fields, names: readonly string[]): string | null {
  return names.map((name) => fields.get(name)).find((text) => text !== undefined) ?? null;
}
