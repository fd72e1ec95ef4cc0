import type { Missed } from '../../../model/recovery.ts';

/** One try to deliver one event, as GitHub lists it. */
export interface DeliveryItem {
  readonly id: number;
  /** The same for every try of one event. */
  readonly guid: string;
  /** ms since 1970 */
  readonly deliveredAt: number;
  /** Of the answer. Null or 0 where nobody answered. */
  readonly statusCode: number | null;
  /** `OK`, `Bad Gateway`, `failed to connect`. */
  readonly status: string;
  readonly type: string;
  readonly action: string | null;
}

/** All tries of one event that was never accepted here. */
export interface MissedEvent extends Missed {
  /** Of the last try: the one whose payload GitHub keeps longest. */
  readonly deliveryId: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
export const KEPT_MS = 3 * DAY_MS;
/** A warning that comes with less than a day to go would come too late for a weekend's night. */
const WARNED_MS = DAY_MS;

export function isAnswered({ statusCode }: Pick<DeliveryItem, 'statusCode'>): boolean {
  return statusCode !== null && statusCode >= 200 && statusCode < 300;
}

/** The tries of each event, by guid. */
export function byGuid(items: readonly DeliveryItem[]): ReadonlyMap<string, readonly DeliveryItem[]> {
  return Map.groupBy(items, ({ guid }) => guid);
}

/**
 * The events of which no try was accepted here, oldest first. What somebody answered 2xx counts too, unless
 * `sparesAnswered`: a proxy's friendly page is no receipt.
 */
export function missedEvents(
  items: readonly DeliveryItem[],
  accepted: ReadonlySet<string>,
  sparesAnswered: boolean,
): readonly MissedEvent[] {
  return [...byGuid(items)]
    .filter(([guid, tries]) => !accepted.has(guid) && !(sparesAnswered && tries.some(isAnswered)))
    .flatMap(([, tries]) => missedEvent(tries))
    .toSorted((a, b) => a.deliveredAt - b.deliveredAt || a.deliveryId - b.deliveryId);
}

function missedEvent(tries: readonly DeliveryItem[]): readonly MissedEvent[] {
  const inOrder = tries.toSorted((a, b) => a.deliveredAt - b.deliveredAt || a.id - b.id);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    {
      guid: last.guid,
      type: last.type,
      action: last.action,
      deliveredAt: first.deliveredAt,
      answer: answerText(last),
      goneAt: last.deliveredAt + KEPT_MS,
      deliveryId: last.id,
    },
  ];
}

function answerText({ statusCode, status }: DeliveryItem): string {
  const says = status || 'no answer';
  return statusCode ? `${statusCode} ${says}` : says;
}

/** Of those left, how many GitHub drops within a day, and when the first goes. Null: none. */
export function goingSoon(
  left: readonly Missed[],
  now: number,
): { readonly count: number; readonly firstAt: number } | null {
  const soon = left.filter(({ goneAt }) => goneAt - now < WARNED_MS);
  return soon.length === 0 ? null : { count: soon.length, firstAt: Math.min(...soon.map(({ goneAt }) => goneAt)) };
}
