/** What may wait for whoever reads, in characters: as much again is in the sockets. */
const MOST_WAITING = 256 * 1024;

export interface Outlet {
  readonly body: ReadableStream<Uint8Array>;
  /** False: it is over. */
  send(text: string): boolean;
  /** After what waits. Idempotent. */
  end(): void;
}

/** A body that is written by and by. Who does not read is hung up on; `onEnd` is called once, however it ends. */
export function createOutlet(hangUp: () => void, onEnd: () => void): Outlet {
  const encoder = new TextEncoder();
  let waiting = '';
  let isOver = false;
  let wanted: (() => void) | null = null;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  const body = new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given;
      },
      pull: () => {
        if (waiting !== '') return hand();
        // Whoever reads waits for this promise: until then what is sent goes out at once.
        return new Promise<void>((resolve) => {
          wanted = resolve;
        });
      },
      cancel: over,
    },
    { highWaterMark: 0 },
  );

  function hand(): void {
    if (waiting !== '') controller?.enqueue(encoder.encode(waiting));
    waiting = '';
    wanted?.();
    wanted = null;
  }

  function over(): void {
    if (isOver) return;
    isOver = true;
    waiting = '';
    wanted?.();
    wanted = null;
    onEnd();
  }

  function end(): void {
    if (isOver) return;
    hand();
    over();
    controller?.close();
  }

  return {
    body,
    send(text) {
      if (isOver) return false;
      waiting += text;
      if (wanted !== null) hand();
      if (waiting.length <= MOST_WAITING) return true;
      waiting = '';
      end();
      hangUp();
      return false;
    },
    end,
  };
}
