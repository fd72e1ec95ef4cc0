import { hash, randomUUID } from 'node:crypto';
import type { NewEvent, StoredEvent } from '../../src/model/event.ts';
import type { Expansion } from '../../src/model/inbox/backlog.ts';
import { anActivity, content } from '../../tests/fixtures/activities.ts';
import { newEvent } from '../data-dir.ts';

const BODIES = 2_000;
let next = 20_000_000;
let made: readonly NewEvent[] = [];

/**
 * Made before the clock runs. Bodies come again after 2,000: hundreds of megabytes of them in this process would make its
 * garbage collector the thing that is measured.
 */
export function events(count: number): readonly NewEvent[] {
  if (made.length === 0) made = Array.from({ length: BODIES }, () => newEvent(next++));
  return Array.from({ length: count }, (_, index) => {
    const guid = randomUUID();
    return { ...(made[index % BODIES] ?? newEvent(next++)), guid, deliveryId: `4711:${guid}` };
  });
}

/** What the expander decides about an event that one lane is told. */
export function told(event: StoredEvent, lane: string): Expansion {
  return {
    eventId: event.id,
    // Bodies come again, and a body that was told before would be quarantined.
    bodyDigest: hash('sha256', event.guid, 'buffer'),
    state: 'routed',
    reason: null,
    action: 'opened',
    repo: 'acme/api',
    trace: {
      kind: 'issues.opened',
      rules: [
        {
          rule: 'news',
          result: 'matched',
          checks: [{ check: 'on', wanted: 'issues: opened', actual: 'issues.opened', ok: true }],
          to: [lane],
        },
      ],
    },
    searched: { actor: 'mona', text: '#7 Retry uploads that time out' },
    notifications: [
      {
        destination: lane,
        rule: 'news',
        ...content(anActivity({ dedupKey: event.guid })),
        dedupKey: event.guid,
        echoKey: null,
        isReplay: false,
        notBefore: null,
      },
    ],
    settle: null,
    news: null,
    result: null,
    unrelatedSources: [],
    bodyMayRepeat: false,
  };
}
