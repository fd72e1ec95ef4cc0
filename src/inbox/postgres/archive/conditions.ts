import type { EventFilter } from '../../../model/inbox/records.ts';
import { splitName } from '../../../model/kind.ts';
import { isFate } from '../../fates.ts';
import { pgText } from '../pg-text.ts';

/** Of one event `e` with its decision `d`, all of which hold; `?` is a value. */
export class Conditions {
  readonly #sql: string;
  readonly values: readonly unknown[];

  constructor(sql = 'true', values: readonly unknown[] = []) {
    this.#sql = sql;
    this.values = values;
  }

  and(sql: string, ...values: readonly unknown[]): Conditions {
    const storable = values.map((value) => (typeof value === 'string' ? pgText(value) : value));
    return new Conditions(`${this.#sql} AND ${sql}`, [...this.values, ...storable]);
  }

  /** With numbered parameters, which begin at 1. */
  get sql(): string {
    let count = 0;
    return this.#sql.replaceAll('?', () => `$${++count}`);
  }
}

/** What an event itself says of a filter: all but its fates and its words, and whether it is pending. */
export function conditionsOf({ ids, state, source, kind, type, action, repo, since, until }: EventFilter): Conditions {
  let all = new Conditions();
  if (ids !== undefined) all = all.and('e.id = ANY(?::bigint[])', ids);
  if (state !== undefined && state !== 'pending' && !isFate(state)) all = all.and('d.state = ?', state);
  if (source !== undefined) all = all.and('e.source = ?', source);
  if (kind !== undefined) {
    const { type: head, action: tail } = splitName(kind);
    if (tail === null) all = all.and('e.type = ?', kind);
    else all = all.and('(e.type = ? OR (e.type = ? AND d.action = ?))', kind, head, tail);
  }
  if (type !== undefined) all = all.and('e.type = ?', type);
  if (action !== undefined) all = all.and('d.action = ?', action);
  if (repo !== undefined) all = all.and('lower(d.repo) = lower(?)', repo);
  if (since !== undefined) all = all.and('e.received_at >= ?', since);
  if (until !== undefined) all = all.and('e.received_at < ?', until);
  return all;
}
