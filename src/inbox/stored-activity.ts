import { contentOf, type FlatContent, flatContent } from '../model/flat-activity.ts';
import type { Content } from '../model/notification.ts';

/**
 * The form in which what a notification tells is stored. Another one comes with a migration of both engines that writes
 * what waits anew (`inNewestForm`). `fromStored` reads every form: a process of the release before goes on beside this one,
 * and what it writes is of its own form. It reads what is written here for as long as names are added only.
 *
 * 1  one record, without its form; a mention has `slack`, which may be null
 * 2  the same with its form
 */
const FORM = 2;

type Shown = Pick<Content, 'isThreaded' | 'isBroadcast'>;

export function toStored({ isThreaded, isBroadcast, ...content }: Content): string {
  return JSON.stringify({ form: FORM, ...flatContent(content), ...said({ isThreaded, isBroadcast }) });
}

function said({ isThreaded, isBroadcast }: Shown): Shown {
  return { ...(isThreaded !== undefined && { isThreaded }), ...(isBroadcast && { isBroadcast }) };
}

/** What was written before a field existed says nothing of it. */
export function fromStored(json: string): Content {
  const { isThreaded, isBroadcast, ...flat } = JSON.parse(json) as FlatContent & Shown;
  return { ...contentOf(flat), ...said({ isThreaded, isBroadcast }) };
}

/** Null: damage has left nothing that can be read. */
export function fromStoredOrNull(json: string | null): Content | null {
  if (json === null) return null;
  try {
    return fromStored(json);
  } catch {
    return null;
  }
}

export function inNewestForm(json: string): string {
  return toStored(fromStored(json));
}
