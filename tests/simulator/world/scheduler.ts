import { createHash, type Hash } from 'node:crypto';

interface Task {
  at: number;
  readonly no: number;
  readonly home: Home | null;
  readonly label: string;
  readonly run: () => void;
  isOff: boolean;
}

/** Where tasks run: one process, from its start to its end. */
export class Home {
  readonly name: string;
  isDead = false;
  isFrozen = false;
  /** What came due while it was frozen. */
  readonly held: Task[] = [];

  constructor(name: string) {
    this.name = name;
  }
}

/** What JavaScript alone does is done after a turn of the event loop, or after two where something waits for the next. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * All wake-ups of the world, one after the other. Time is the scheduler's: it moves to the next task that is due. Nothing else
 * makes anything go on, so that a run is a function of its tasks.
 */
export class Scheduler {
  /** ms since the world began, by nobody's clock. */
  now = 0;
  wakeUps = 0;
  readonly #heap: Task[] = [];
  readonly #hash: Hash = createHash('sha1');
  #no = 0;

  /** Runs `run` in `home` after `ms`, if it lives then. Returns what takes it back. */
  after(home: Home | null, ms: number, label: string, run: () => void): () => void {
    const task = { at: this.now + Math.max(0, ms), no: this.#no++, home, label, run, isOff: false };
    this.#push(task);
    return () => {
      task.isOff = true;
    };
  }

  freeze(home: Home): void {
    home.isFrozen = true;
  }

  thaw(home: Home): void {
    home.isFrozen = false;
    for (const task of home.held.splice(0)) this.#push({ ...task, at: this.now, no: this.#no++ });
  }

  /** False: nothing is left to happen. */
  async step(): Promise<boolean> {
    const task = this.#next();
    if (task === undefined) return false;
    // Work takes time.
    this.now = Math.max(this.now + 0.01, task.at);
    this.wakeUps += 1;
    this.note(`${this.now.toFixed(3)} ${task.home?.name ?? ''} ${task.label}`);
    task.run();
    await turn();
    if (process.getActiveResourcesInfo().includes('Immediate')) await turn();
    return true;
  }

  /** Makes it part of the run's digest. */
  note(what: string): void {
    this.#hash.update(what).update('\n');
  }

  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }

  #next(): Task | undefined {
    for (;;) {
      const task = this.#pop();
      if (task === undefined) return undefined;
      if (task.isOff || task.home?.isDead) continue;
      if (!task.home?.isFrozen) return task;
      task.home.held.push(task);
    }
  }

  #push(task: Task): void {
    const heap = this.#heap;
    let at = heap.push(task) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(task, heap[parent] as Task)) break;
      heap[at] = heap[parent] as Task;
      at = parent;
    }
    heap[at] = task;
  }

  #pop(): Task | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Task, heap[child] as Task)) child += 1;
      if (!isBefore(heap[child] as Task, last)) break;
      heap[at] = heap[child] as Task;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(one: Task, other: Task): boolean {
  return one.at < other.at || (one.at === other.at && one.no < other.no);
}
