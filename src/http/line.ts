import type { EventEmitter } from 'node:events';

/** The connection of one answer. */
export interface Line {
  /** Closes it at once. */
  hangUp(): void;
  /**
   * From now on whoever closes their half is hung up on. A sender of a webhook may do so and wait for its answer; of an answer that has no
   * end nothing else says that nobody reads it.
   */
  mindLeaving(): void;
}

interface Ends {
  readonly incoming: { readonly socket: object };
  readonly outgoing?: { destroy(): unknown } & Pick<EventEmitter, 'once'>;
}

export function lineOf({ incoming: { socket }, outgoing }: Ends): Line {
  const hangUp = () => void outgoing?.destroy();
  return {
    hangUp,
    mindLeaving() {
      if (!isEmitter(socket)) return;
      socket.once('end', hangUp);
      outgoing?.once('close', () => socket.off('end', hangUp));
    },
  };
}

/** Without a server, as in tests, there is only an address. */
function isEmitter(socket: object): socket is Pick<EventEmitter, 'once' | 'off'> {
  return 'once' in socket && 'off' in socket;
}
