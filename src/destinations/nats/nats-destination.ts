import type { Destination } from '../../model/destination.ts';
import type { Notification } from '../../model/notification.ts';
import { cut, oneLine } from '../../text/plain.ts';
import { activityBody } from '../activity-body.ts';
import { oneByOne, only } from '../lanes.ts';
import { messageKey } from '../message-key.ts';
import { outcomeOf } from './answer.ts';
import { type Outgoing, openServer } from './server.ts';
import type { NatsSettings } from './settings.ts';
import { placeOf } from './shapes.ts';
import { subjectOf } from './subject.ts';

export interface NatsOptions {
  readonly name: string;
  readonly settings: NatsSettings;
}

/**
 * A stream that gets every activity as JSON, each confirmed.
 * @throws Error in words when the client is not installed
 */
export function natsDestination({ name, settings }: NatsOptions): Destination {
  const { url, creds, subject: subjects, concurrency, timeout_ms: timeoutMs } = settings;
  const place = placeOf(url.reveal());
  const server = openServer({ url: url.reveal(), creds, timeoutMs });
  return {
    // The stream, or else a consumer, knows a repetition by its message id.
    ...oneByOne(name, 'nats', concurrency),
    preview: async (message) => {
      const { shownCode } = await import('../../text/shown/blocks.ts');
      const { subject } = outgoingOf(only(message), subjects, messageKey(name, message));
      return shownCode(activityBody(only(message)), { subject });
    },
    send: async (message, { signal, departure }) => {
      const outgoing = outgoingOf(only(message), subjects, messageKey(name, message));
      const published = await server.publish(outgoing, { signal, departure });
      return outcomeOf(published, { place, subject: outgoing.subject, subjects, timeoutMs });
    },
    [Symbol.asyncDispose]: server.close,
  };
}

function outgoingOf(notification: Notification, subjects: string, id: string): Outgoing {
  const body = activityBody(notification);
  const { kind, source, repo } = body.data;
  const headers = { 'Tidings-Kind': kind, 'Tidings-Source': source, 'Tidings-Repo': repo?.fullName ?? '' };
  const told = Object.entries(headers).map(([key, value]) => [key, cut(oneLine(value), 200)] as const);
  return {
    subject: subjectOf(subjects, source, kind),
    body: JSON.stringify(body),
    id,
    headers: Object.fromEntries(told.filter(([, value]) => value !== '')),
  };
}
