/** As the work ends; or rejects as soon as the signal aborts, whatever becomes of the work. */
export async function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  signal.throwIfAborted();
  const givenUp = Promise.withResolvers<never>();
  const giveUp = () => givenUp.reject(new Error('given up'));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, givenUp.promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
