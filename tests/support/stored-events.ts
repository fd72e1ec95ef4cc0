import { matcherOf } from '../../src/http/stream/matcher.ts';
import type { Archive } from '../../src/model/inbox/archive.ts';
import type { EventSummary } from '../../src/model/inbox/records.ts';
import type { Inbox } from '../../src/model/inbox.ts';

/** A store of summaries that counts what it is asked, and fails when it is told to. */
export interface StoredEvents {
  readonly archive: Pick<Archive, 'list'> & Pick<Inbox, 'onWake'>;
  /** Pending, and wakes. */
  append(count: number, fields?: Partial<EventSummary>): void;
  change(id: number, fields: Partial<EventSummary>, wakes?: boolean): void;
  remove(id: number): void;
  wake(): void;
  isDown: boolean;
  /** Called whenever somebody no longer waits to be woken. */
  onUnlisten: () => void;
  readonly asked: number;
  /** The most rows that one answer had. */
  readonly most: number;
  readonly listeners: number;
}

export function storedEvents(now: () => number): StoredEvents {
  const rows = new Map<number, EventSummary>();
  const wakes = new Set<() => void>();
  let last = 0;
  let asked = 0;
  let most = 0;
  const wake = () => {
    for (const each of wakes) each();
  };
  const store: StoredEvents = {
    isDown: false,
    onUnlisten: () => undefined,
    archive: {
      async list(filter) {
        asked++;
        if (store.isDown) throw new Error('the database is away');
        const { ids, before = Number.POSITIVE_INFINITY, after, limit } = filter;
        const matches = matcherOf(filter);
        const found = [...rows.values()].filter(
          (row) => (ids?.includes(row.id) ?? true) && row.id < before && row.id > (after ?? 0) && matches(row),
        );
        const page = (after === undefined ? found.toReversed() : found).slice(0, limit);
        most = Math.max(most, page.length);
        return page;
      },
      onWake(listener) {
        wakes.add(listener);
        return () => {
          wakes.delete(listener);
          store.onUnlisten();
        };
      },
    },
    append(count, fields = {}) {
      for (let i = 0; i < count; i++) {
        const id = ++last;
        rows.set(id, { ...PENDING, id, receivedAt: now(), ...fields });
      }
      wake();
    },
    change(id, fields, isLoud = false) {
      const row = rows.get(id);
      if (row !== undefined) rows.set(id, { ...row, ...fields });
      if (isLoud) wake();
    },
    remove: (id) => void rows.delete(id),
    wake,
    get asked() {
      return asked;
    },
    get most() {
      return most;
    },
    get listeners() {
      return wakes.size;
    },
  };
  return store;
}

const PENDING: Omit<EventSummary, 'id' | 'receivedAt'> = {
  source: 'github',
  type: 'issues',
  action: null,
  deliveryId: 'delivery',
  origin: 'webhook',
  repo: null,
  actor: null,
  about: null,
  state: 'pending',
  reason: null,
  fates: [],
};
