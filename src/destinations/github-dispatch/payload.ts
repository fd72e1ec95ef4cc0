import type { Notification } from '../../model/notification.ts';
import type { Row } from '../../route/column/column.ts';
import { plain } from '../../text/plain.ts';
import { activityBody } from '../activity-body.ts';
import { messageKey } from '../message-key.ts';
import { withinBytes } from '../push-text.ts';
import { fitted } from './fitted.ts';

/** GitHub takes 64 KB of `client_payload`, and 65,535 characters of inputs. A quote within JSON within JSON takes two. */
const MOST_BYTES = 60_000;
const MOST_INPUT_BYTES = 28_000;

/** What a workflow gets: our key, the same at every try, and what `docs/http-body.schema.json` describes. */
export interface Told extends ReturnType<typeof activityBody> {
  readonly id: string;
}

function told(destination: string, notification: Notification): Told {
  const id = messageKey(destination, { kind: 'single', notification });
  return { id, ...activityBody(notification) };
}

/** One key of the ten that GitHub takes, so that nothing of the activity is mistaken for a setting of the workflow. */
export function clientPayload(destination: string, notification: Notification): object {
  return { tidings: fitted(told(destination, notification), MOST_BYTES) };
}

/** Texts, all of them. Null: the expressions ask too much. */
export function inputsOf(
  destination: string,
  notification: Notification,
  { names, row }: { readonly names: readonly string[]; readonly row: Row },
): Readonly<Record<string, string>> | null {
  const body = told(destination, notification);
  const { eventId, rule, isReplay, receivedAt } = notification;
  const values = row.values({
    asked: notification,
    notification: {
      key: body.id,
      eventId: BigInt(eventId),
      rule,
      isReplay,
      timestamp: body.timestamp,
      receivedAt: new Date(receivedAt).toISOString(),
      // Longer than all else together, and not every workflow wants it.
      get json() {
        return JSON.stringify(fitted(body, MOST_INPUT_BYTES));
      },
    },
  });
  if (values === null) return null;
  const share = Math.floor(MOST_INPUT_BYTES / Math.max(1, names.length));
  return Object.fromEntries(names.map((name, index) => [name, withinBytes(textOf(values[index]), share)]));
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return plain(value);
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? Number(each) : each));
}
