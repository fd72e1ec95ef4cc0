import type { Activity } from '../model/activity.ts';
import { lineOf, textOf } from './line.ts';
import { cut } from './plain.ts';

/**
 * What happened as one line of plain text for people, at most 300 characters:
 * `mona opened issue #12 in acme/api: Uploads fail on Safari`. Not escaped for any destination.
 */
export function sentence(activity: Activity): string {
  const { parts, title } = lineOf(activity);
  return cut(textOf(parts, title), 300);
}
