import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * One question for all who ask it in one turn of the event loop: each is a way to the database's thread and back. They are answered one
 * after the other, so that what each does at once upon its answer has nothing of the others' before it.
 */
export function askedTogether<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: PromiseWithResolvers<T>[] | null = null;

  async function answerAll(): Promise<void> {
    await nextTurn();
    const waiting = asking ?? [];
    // Who asks from here on wants to know what holds from here on.
    asking = null;
    const answer = ask();
    await answer.catch(() => undefined);
    for (const { resolve } of waiting) {
      resolve(answer);
      await whatFollows();
    }
  }

  return () => {
    if (asking === null) {
      asking = [];
      void answerAll();
    }
    const one = Promise.withResolvers<T>();
    asking.push(one);
    return one.promise;
  };
}

/** Ends when nothing is left to do in this turn. */
function whatFollows(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
