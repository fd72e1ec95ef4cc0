import type { Destination } from '../../src/model/destination.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { TestClock } from './test-clock.ts';

/** So many turns of the event loop in which nothing is under way: what is woken by promises has begun by then. */
const QUIET_TURNS = 4;

/** Time that passes as soon as nobody does anything: minutes of waiting take no longer than the work in them. */
export class PassingTime {
  readonly clock: TestClock;
  #underWay = 0;
  #begun = 0;

  constructor(clock: TestClock) {
    this.clock = clock;
  }

  inbox(inbox: Inbox): Inbox {
    const counted = Object.entries(inbox).map(([name, value]) => {
      const isAsked = typeof value === 'function' && name !== 'onWake';
      return [name, isAsked ? this.#counted(value as (...args: never[]) => unknown) : value];
    });
    return { ...inbox, ...Object.fromEntries(counted) };
  }

  destination(destination: Destination): Destination {
    const { cards } = destination;
    const send = this.#counted<Parameters<Destination['send']>, ReturnType<Destination['send']>>((...args) =>
      destination.send(...args),
    );
    return { ...destination, send, ...(cards && { cards: { ...cards, show: this.#counted(cards.show) } }) };
  }

  /** Until it holds, looked at whenever nothing is under way. `most`: of time, ms; then it is wrong. */
  async until(holds: () => boolean | Promise<boolean>, most = 3_600_000): Promise<void> {
    const end = this.clock.now() + most;
    for (;;) {
      await this.#quiet();
      if (await holds()) return;
      if (this.clock.now() > end) throw new Error(`it does not hold after ${most} ms`);
      this.clock.advance(Math.max(1, (this.clock.nextAt ?? end) - this.clock.now()));
    }
  }

  /** So many ms. */
  async pass(ms: number): Promise<void> {
    const { clock } = this;
    for (const end = clock.now() + ms; ; ) {
      await this.#quiet();
      if (clock.now() >= end) return;
      clock.advance(Math.max(1, Math.min(end, clock.nextAt ?? end) - clock.now()));
    }
  }

  async #quiet(): Promise<void> {
    for (let quiet = 0, seen = this.#begun; quiet < QUIET_TURNS; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#underWay > 0 || this.#begun !== seen) [quiet, seen] = [0, this.#begun];
    }
  }

  #counted<A extends readonly unknown[], R>(work: (...args: A) => R): (...args: A) => R {
    return (...args) => {
      const result = work(...args);
      if (!(result instanceof Promise)) return result;
      this.#underWay++;
      this.#begun++;
      const ended = () => void this.#underWay--;
      result.then(ended, ended);
      return result;
    };
  }
}
