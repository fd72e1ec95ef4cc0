import type { Place } from '../../../model/activity.ts';
import { isObject, list, read, textOrNull, textsIn } from '../../../shared/payload.ts';
import { page } from '../../../telling/page.ts';
import { firstText, idAt, numberAt } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import type { LinearEvent } from './event.ts';

/** What a sentence says where somebody is known to have done it, and what where nobody is. Null: the headline. */
export function saidBy(
  { actor }: LinearEvent,
  did: string,
  became: string | null = null,
): Pick<Told, 'did' | 'became'> {
  return actor === null ? { did: null, became } : { did, became: null };
}

/** `ENG-12`. Older webhooks leave it to be put together. */
export function identifierOf(issue: unknown, url: string | null): string | null {
  const given = textOrNull(issue, 'identifier');
  if (given !== null) return given;
  const key = textOrNull(issue, 'team.key');
  const number = idAt(issue, 'number');
  if (key !== null && number !== null) return `${key}-${number}`;
  return /\/issue\/([a-z][a-z0-9]{0,15}-\d{1,10})(?=[/#?]|$)/i.exec(url ?? '')?.[1] ?? null;
}

/** How an issue is named, and what all about it has in common. */
export function issueNamed(
  { url, organization }: LinearEvent,
  issue: unknown,
): Pick<Told, 'handle' | 'title' | 'thread'> & { readonly noun: 'issue' } {
  const handle = identifierOf(issue, textOrNull(issue, 'url') ?? url);
  // Some events know the id alone; and an issue that goes to another team has another identifier.
  const id = textOrNull(issue, 'id') ?? handle;
  const thread = id === null ? null : `issue ${organization} ${id}`;
  return { noun: 'issue', handle, title: textOrNull(issue, 'title') ?? '', thread };
}

/** What has no number is called by its name. */
export function named(noun: string, name: string | null): Pick<Told, 'noun' | 'handle' | 'title'> {
  return { noun, handle: name, title: '' };
}

/** The thread of what has no identifier that people know. */
export function threadOf(noun: string, id: string | null): string | null {
  return id === null ? null : `${noun} ${id}`;
}

/** Where nothing says in which workspace it was. */
export const HOME = 'https://linear.app';

/** The team, which is where issues are. */
export function teamOf({ data, workspace }: LinearEvent): Place | null {
  const holder = ['team', 'issue.team', 'issueData.team'].map((path) => read(data, path)).find(isObject);
  const name = firstText(holder, ['name', 'key']);
  if (name === null) return null;
  const key = textOrNull(holder, 'key');
  const url = workspace === null || key === null ? null : page(`${HOME}/${workspace}/team/${key}`);
  return { name, url: url ?? HOME };
}

export function labelsOf(issue: unknown): readonly string[] {
  return textsIn(issue, 'labels', 'name');
}

/** Names of the priorities, where only their number is given. */
const PRIORITIES = ['No priority', 'Urgent', 'High', 'Medium', 'Low'];

/** `High`; null: it has none. */
export function priorityAt(object: unknown, path: string): string | null {
  const number = numberAt(object, path);
  return number === null || number === 0 ? null : (PRIORITIES[number] ?? null);
}

/** The labels that this very event added and took away, by id; names are known of those it has now. */
export function labelChange({ data, before }: LinearEvent): {
  readonly added: readonly string[];
  readonly removed: number;
} {
  const ids = (object: unknown) => list(object, 'labelIds').filter((id) => typeof id === 'string');
  const was = new Set(ids(before));
  const is = new Set(ids(data));
  const added = list(data, 'labels').filter((label) => {
    const id = textOrNull(label, 'id');
    return id !== null && is.has(id) && !was.has(id);
  });
  return { added: textsIn({ added }, 'added', 'name'), removed: [...was].filter((id) => !is.has(id)).length };
}
