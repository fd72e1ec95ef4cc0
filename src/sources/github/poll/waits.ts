import { PollError } from '../../../model/polling.ts';
import type { Clock } from '../../../shared/clock.ts';

export interface Waiting {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Give up when GitHub cannot be reached or wants us to wait, instead of waiting. */
  readonly once: boolean;
  say(line: string): void;
}

export interface Waits {
  /** @throws the signal's reason */
  wait(ms: number): Promise<void>;
  /** Says why and how long. @throws PollError where nobody wants to wait, or the signal's reason */
  pauseFor(ms: number, why: string): Promise<void>;
}

export function waits({ clock, signal, once, say }: Waiting): Waits {
  function wait(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        cancel();
        reject(signal.reason);
      };
      const cancel = clock.after(ms, () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  }
  return {
    wait,
    async pauseFor(ms, why) {
      const at = new Date(clock.now() + ms).toISOString();
      if (once) throw new PollError('unreachable', `Not now: ${why}. Again after ${at}.`);
      say(`${sentence(why)}: asking again in ${seconds(ms)}, at ${at}.`);
      await wait(ms);
    },
  };
}

export function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000).toLocaleString('en-US')} s`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
