/** One event of a stream. */
export interface StreamEvent {
  /** `message` where the stream names none. */
  readonly type: string;
  readonly data: string;
  /** The last one given, by this event or an earlier one. Empty: none was. */
  readonly lastId: string;
}

/**
 * Reads `text/event-stream` by https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 * An event that the end cuts short is dropped, as there. `retry` is not obeyed: our pauses grow by themselves.
 */
export async function* eventStream(bytes: AsyncIterable<Uint8Array>, lastId = ''): AsyncGenerator<StreamEvent> {
  let type = '';
  let data: string[] = [];
  let id = lastId;
  for await (const line of linesOf(bytes)) {
    if (line === '') {
      if (data.length > 0) yield { type: type || 'message', data: data.join('\n'), lastId: id };
      type = '';
      data = [];
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') type = value;
    if (field === 'data') data.push(value);
    if (field === 'id' && !value.includes('\0')) id = value;
  }
}

/** Ended by CR LF, LF or CR; a mark at the start is dropped by the decoder. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const text = rest + decoder.decode(chunk, { stream: true });
    // A CR at the very end may be half of a CR LF.
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    const lines = whole.split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + text.slice(whole.length);
    yield* lines;
  }
}
