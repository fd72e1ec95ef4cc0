import { hash } from 'node:crypto';
import type { NewEvent, StoredEvent } from '../../src/model/event.ts';
import type { Expansion } from '../../src/model/inbox.ts';
import { anActivity } from '../../tests/fixtures/activities.ts';
import { newEvent } from '../data-dir.ts';

let next = 20_000_000;

/** Made before the clock runs. */
export function events(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, () => newEvent(next++));
}

/** What the expander decides about an event that one lane is told. */
export function told(event: StoredEvent, lane: string): Expansion {
  return {
    eventId: event.id,
    bodyDigest: hash('sha256', event.body, 'buffer'),
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
    notifications: [
      {
        destination: lane,
        rule: 'news',
        activity: anActivity({ dedupKey: event.guid }),
        dedupKey: event.guid,
        echoKey: null,
        isReplay: false,
      },
    ],
  };
}
