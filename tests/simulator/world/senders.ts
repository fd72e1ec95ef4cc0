import type { Secret } from '../../../src/shared/secret.ts';
import { signedHeaders } from '../../../src/sources/github/sign.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { Chance } from './chance.ts';
import type { Machine, Process } from './machine.ts';
import { type Content, contentOf } from './payloads.ts';
import type { Delivery } from './plan.ts';
import type { Scheduler } from './scheduler.ts';

export interface SendersWorld {
  readonly seed: number;
  readonly scheduler: Scheduler;
  readonly oracle: Oracle;
  readonly machines: readonly Machine[];
  readonly secret: Secret;
  tell(line: string): void;
}

/** So long GitHub waits for an answer. It never tries again by itself. */
const PATIENCE_MS = 10_000;

/** Those who call: GitHub, and people who click on Redeliver where they saw no 200. */
export class Senders {
  readonly #world: SendersWorld;
  /** Deliveries, and clicks, that are still to come. */
  waiting = 0;

  constructor(world: SendersWorld) {
    this.#world = world;
  }

  deliver(delivery: Delivery, index: number): void {
    const { no, content, isGood, way } = delivery;
    const guid = guidOf(way === 'twin' || way === 'forged' ? 1_000 + index : no);
    const chance = new Chance(this.#world.seed, `sender ${index}`);
    const made = contentOf(content, no, isGood);
    const said = way === 'forged' ? { ...made, type: 'push', says: `${made.says}, as a push`, isWanted: false } : made;
    this.#send(guid, no, said, chance, 1);
  }

  #send(guid: string, no: number, content: Content, chance: Chance, time: number): void {
    const { scheduler, oracle, tell } = this.#world;
    oracle.sent(guid, no, content);
    const said = `delivery ${no} (${content.says}${time > 1 ? ', again' : ''})`;
    let isOver = false;
    const over = (what: string, isAcknowledged: boolean) => {
      if (isOver) return;
      isOver = true;
      tell(`${said} → ${what}`);
      if (isAcknowledged || time > 2 || chance.odds(0.4)) return;
      this.waiting += 1;
      scheduler.after(null, chance.between(2_000, 15_000), 'Redeliver', () => {
        this.waiting -= 1;
        this.#send(guid, no, content, chance, time + 1);
      });
    };
    this.waiting += 1;
    scheduler.after(null, chance.between(1, 50), `delivery ${no} arrives`, () => {
      this.waiting -= 1;
      const process = this.#listening(chance);
      if (process === undefined) return over('nobody answers', false);
      scheduler.after(null, PATIENCE_MS, `patience with delivery ${no}`, () => over('no answer within 10 s', false));
      scheduler.after(process.home, chance.next(), `delivery ${no} is read`, () =>
        this.#receive(process, guid, content, chance, no, over),
      );
    });
  }

  #receive(
    process: Process,
    guid: string,
    content: Content,
    chance: Chance,
    no: number,
    over: (what: string, isAcknowledged: boolean) => void,
  ): void {
    const { scheduler, oracle, secret } = this.#world;
    // Memory of its own: it is given back when the request is answered.
    const body = Buffer.from(content.body);
    const headers = signedHeaders({ type: content.type, guid, body }, secret);
    const answered = process.receive?.({ url: '/webhooks/github', headers, from: undefined, body });
    void answered?.then((answer) => {
      if (answer === null) return;
      const { status, id } = { id: null, ...(JSON.parse(answer.body) as { status?: string; id?: number }) };
      const isAcknowledged = answer.status === 200 && id !== null && id !== undefined;
      if (isAcknowledged) oracle.acknowledged(guid, id, status ?? '');
      // The connection may break before the answer is there.
      if (chance.odds(0.03)) return;
      const words = isAcknowledged ? `200, ${status} as event ${id}` : String(answer.status);
      scheduler.after(null, chance.between(1, 50), `answer to delivery ${no}`, () => over(words, isAcknowledged));
    });
  }

  #listening(chance: Chance): Process | undefined {
    const open = this.#world.machines.flatMap(({ process }) => (process?.receive ? [process] : []));
    return open.length === 0 ? undefined : chance.pick(open);
  }
}

function guidOf(no: number): string {
  return `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`;
}
