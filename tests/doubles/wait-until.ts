/** Resolves when it holds, looked at each time a watcher is called; rejects after `timeoutMs` with the last of `seen`. */
export function waitUntil(
  holds: () => boolean,
  watchers: Set<() => void>,
  timeoutMs: number,
  seen: () => readonly string[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      watchers.delete(look);
      clearTimeout(timer);
      settle();
    };
    const look = () => {
      if (holds()) finish(resolve);
    };
    const timer = setTimeout(() => {
      const list = seen();
      finish(() =>
        reject(new Error(`not so after ${timeoutMs} ms; ${list.length} seen\n  ${list.slice(-9).join('\n  ')}`)),
      );
    }, timeoutMs);
    watchers.add(look);
    look();
  });
}
