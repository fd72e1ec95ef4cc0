import type { SQLInputValue } from 'node:sqlite';
import type { EventFilter } from '../../../model/inbox/records.ts';
import { splitName } from '../../../model/kind.ts';
import { isFate } from '../../fates.ts';

/** Of one event, all of which hold. */
export class Conditions {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];

  constructor(sql = 'true', values: readonly SQLInputValue[] = []) {
    this.sql = sql;
    this.values = values;
  }

  and(sql: string, ...values: readonly SQLInputValue[]): Conditions {
    return new Conditions(`${this.sql} AND ${sql}`, [...this.values, ...values]);
  }
}

/** What an event itself says of a filter: all but its fates and its words. */
export function conditionsOf({ ids, state, source, kind, type, action, repo, since, until }: EventFilter): Conditions {
  let all = new Conditions();
  if (ids !== undefined) all = all.and('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  if (state !== undefined && !isFate(state)) all = all.and('state = ?', state);
  if (source !== undefined) all = all.and('source = ?', source);
  if (kind !== undefined) {
    const { type: head, action: tail } = splitName(kind);
    if (tail === null) all = all.and('type = ?', kind);
    else all = all.and('(type = ? OR (type = ? AND action = ?))', kind, head, tail);
  }
  if (type !== undefined) all = all.and('type = ?', type);
  if (action !== undefined) all = all.and('action = ?', action);
  if (repo !== undefined) all = all.and('repo = ? COLLATE NOCASE', repo);
  if (since !== undefined) all = all.and('received_at >= ?', since);
  if (until !== undefined) all = all.and('received_at < ?', until);
  return all;
}
