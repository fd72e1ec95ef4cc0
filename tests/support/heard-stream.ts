/** One message of a stream of server-sent events. */
export interface Message {
  readonly event: string;
  readonly id: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface HeardStream {
  /** The next, comments and openings left out. Null: the stream ended. */
  next(): Promise<Message | null>;
  /** So many. */
  some(count: number): Promise<readonly Message[]>;
  cancel(): Promise<void>;
  /** All that was read so far, comments too. */
  readonly text: string;
}

export function heardStream(body: ReadableStream<Uint8Array>): HeardStream {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let read = 0;
  async function next(): Promise<Message | null> {
    for (;;) {
      const end = text.indexOf('\n\n', read);
      if (end < 0) {
        const { done, value } = await reader.read();
        if (done) return null;
        text += decoder.decode(value, { stream: true });
        continue;
      }
      const block = text.slice(read, end);
      read = end + 2;
      const message = parsed(block);
      if (message !== null) return message;
    }
  }
  return {
    next,
    async some(count) {
      const all: Message[] = [];
      while (all.length < count) {
        const message = await next();
        if (message === null) break;
        all.push(message);
      }
      return all;
    },
    cancel: () => reader.cancel(),
    get text() {
      return text;
    },
  };
}

function parsed(block: string): Message | null {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
  const event = field('event');
  return event === null ? null : { event, id: field('id'), data: JSON.parse(field('data') ?? '{}') };
}
