import { conversationOf } from '../../src/jobs/compose.ts';
import type { Destination, Message, Outcome, Receipt } from '../../src/model/destination.ts';

/** Sends as a lane does, with the thread that the message goes into. */
export function sendAs(
  destination: Pick<Destination, 'send' | 'isThreaded'>,
  message: Message,
  earlier: Receipt | null = null,
  signal: AbortSignal = new AbortController().signal,
): Promise<Outcome> {
  return destination.send(message, { signal, earlier, thread: conversationOf(message, destination) });
}
