import type { Clock } from './clock.ts';

/** A flag that one side raises and the other waits for. Raising it while nobody waits is remembered once. */
export class Wake {
  #raised = false;
  #resume: (() => void) | undefined;

  raise(): void {
    this.#raised = true;
    this.#resume?.();
  }

  /** Before a look at what it was raised for. */
  lower(): void {
    this.#raised = false;
  }

  /** Resolves when raised (at once if it already is) or after `timeoutMs`, and lowers the flag. */
  async wait(clock: Clock, timeoutMs: number): Promise<void> {
    if (!this.#raised && timeoutMs > 0) {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(timeoutMs, resolve);
        this.#resume = () => {
          cancel();
          resolve();
        };
      });
      this.#resume = undefined;
    }
    this.#raised = false;
  }
}
