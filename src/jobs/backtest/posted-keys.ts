import type { ReadableEvent } from './readable-event.ts';

/** Two hooks bring one event within seconds, a poll brings it within minutes: so much is remembered, some 10 MB. */
const REMEMBERED = 50_000;

/** What was told where by one set of rules, so that it is told once. */
export class PostedKeys {
  /** Destination and key → whether a poll brought it first. */
  readonly #keys = new Map<string, boolean>();

  /** False: it was told there before, by the rules of the inbox (`expand`). */
  add(destination: string, { origin, activity: { keys } }: ReadableEvent): boolean {
    const isPoll = origin === 'poll';
    const key = `${destination}\0${keys.dedup}`;
    const echo = keys.echo === null ? null : `${destination}\0\0${keys.echo}`;
    if (this.#keys.has(key)) return false;
    const echoed = echo === null ? undefined : this.#keys.get(echo);
    if (echoed !== undefined && echoed !== isPoll) return false;
    this.#remember(key, isPoll);
    if (echo !== null && echoed === undefined) this.#remember(echo, isPoll);
    return true;
  }

  #remember(key: string, isPoll: boolean): void {
    this.#keys.set(key, isPoll);
    if (this.#keys.size <= REMEMBERED) return;
    const [oldest] = this.#keys.keys();
    if (oldest !== undefined) this.#keys.delete(oldest);
  }
}
