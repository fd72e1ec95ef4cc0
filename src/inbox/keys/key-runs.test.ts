import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeBlock, decodeLogged, encodeBlock, encodeLogged } from './block.ts';
import { compare, type Entries, emptyEntries, sorted } from './entries.ts';
import { addToFilter, filterWords, mayHold } from './filter.ts';
import { deliveryKey, digestKey, guidKey, type Key } from './key.ts';
import { KeyRuns } from './key-runs.ts';
import type { KeptKey, KeyStore, KeysState, StoredRun } from './key-store.ts';
import type { Piece } from './run.ts';

const keyOf = (n: number): Key => deliveryKey('github', `7:${n}`, `${n}`);

function entriesOf(keys: readonly (readonly [hi: number, lo: number, id: number])[]): Entries {
  const entries = emptyEntries(keys.length);
  for (const [n, [hi, lo, id]] of keys.entries()) {
    entries.hi[n] = hi;
    entries.lo[n] = lo;
    entries.ids[n] = id;
  }
  return entries;
}

const word = fc.oneof(fc.nat({ max: 3 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const entries = fc
  .array(
    fc.tuple(
      word,
      word,
      fc.integer({ min: 1, max: 2 ** 31 }).map((id) => id + 2 ** 40),
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map(entriesOf);

describe('entries', () => {
  test('are sorted by key, then by event, and the same when they are read back', () => {
    fc.assert(
      fc.property(entries, (some) => {
        const inOrder = sorted(some, some.hi.length);
        for (let n = 1; n < inOrder.hi.length; n++) assert.ok(compare(inOrder, n - 1, inOrder, n) <= 0);
        assert.deepEqual(inOrder.ids.toSorted(), some.ids.toSorted());
        assert.deepEqual(decodeBlock(encodeBlock(inOrder)), inOrder);
        assert.deepEqual(decodeLogged(encodeLogged(some)), some);
      }),
    );
  });
});

describe('a filter', () => {
  test('holds what was added, and few others', () => {
    const words = filterWords(4_000);
    const filter = new Uint32Array(words + 32);
    const hi = (n: number) => keyOf(n).hi;
    for (let n = 0; n < 4_000; n++) addToFilter(filter, 16, words, hi(n));
    for (let n = 0; n < 4_000; n++) assert.ok(mayHold(filter, 16, words, hi(n)));
    let wrong = 0;
    for (let n = 4_000; n < 24_000; n++) wrong += Number(mayHold(filter, 16, words, hi(n)));
    assert.ok(wrong < 200, `${wrong} of 20,000`);
    assert.deepEqual(
      [...filter.subarray(0, 16), ...filter.subarray(-16)],
      Array.from({ length: 32 }, () => 0),
    );
  });
});

test('a key has its guid in one half, and what tells its deliveries apart in the other', () => {
  const [one, other] = [deliveryKey('github', '7:g', 'g'), deliveryKey('github', '8:g', 'g')];
  assert.equal(one.hi, guidKey('github', 'g'));
  assert.equal(one.hi, other.hi);
  assert.notEqual(one.lo, other.lo);
  assert.equal(deliveryKey('stripe', 'evt', 'evt').hi, guidKey('stripe', 'evt'));
  assert.notEqual(deliveryKey('stripe', 'g', 'g').hi, one.hi);
  assert.deepEqual(digestKey(Uint8Array.of(0, 0, 1, 0, 255, 255, 255, 255, 9)), { hi: 256, lo: 2 ** 32 - 1 });
});

/** What two processes share; a transaction that fails leaves it as it was. */
class Shelf {
  state: KeysState = { generation: 0, broughtUpTo: null };
  log = new Map<number, Uint8Array>();
  runs = new Map<number, StoredRun>();
  parts = new Map<number, Map<number, Piece>>();
  /** Events that are still there. Null: all. */
  kept: readonly KeptKey[] | null = null;
  lastRun = 0;
  commits = 1;

  copy(): Shelf {
    const copy = Object.assign(new Shelf(), this);
    copy.log = new Map(this.log);
    copy.runs = new Map(this.runs);
    copy.parts = new Map([...this.parts].map(([run, parts]) => [run, new Map(parts)]));
    return copy;
  }
}

class Process {
  readonly #disk: { shelf: Shelf };
  #ownCommits = 0;
  readonly keys: KeyRuns;

  constructor(disk: { shelf: Shelf }, limits?: { readonly run: number; readonly step: number }) {
    this.#disk = disk;
    this.keys = new KeyRuns(this.#store(), limits);
  }

  /** `fails`: it comes to nothing as it is committed. */
  transaction(work: () => void, { fails = false } = {}): void {
    const before = this.#disk.shelf.copy();
    this.keys.open();
    work();
    this.keys.close();
    if (fails) {
      this.#disk.shelf = before;
      this.keys.forget();
    } else {
      this.#disk.shelf.commits += 1;
      this.#ownCommits += 1;
    }
  }

  #store(): KeyStore {
    const shelf = () => this.#disk.shelf;
    const blocks = (run: number) =>
      [...(shelf().parts.get(run) ?? [])].toSorted(([a], [b]) => a - b).flatMap(([, part]) => part.blocks);
    return {
      version: () => shelf().commits - this.#ownCommits,
      state: () => shelf().state,
      setState: (state) => void (shelf().state = state),
      log: (from) => [...shelf().log].filter(([n]) => n >= from).map(([n, data]) => ({ n, data })),
      writeLog: (n, data) => void shelf().log.set(n, data),
      clearLog: () => shelf().log.clear(),
      runs: () => [...shelf().runs.values()],
      addRun(run) {
        shelf().lastRun += 1;
        const id = shelf().lastRun;
        shelf().runs.set(id, { ...run, id });
        return id;
      },
      changeRun: (run) => void shelf().runs.set(run.id, run),
      addPiece(run, n, block, piece) {
        assert.equal(blocks(run).length, block);
        shelf().parts.set(run, (shelf().parts.get(run) ?? new Map<number, Piece>()).set(n, piece));
      },
      pieces: (run) => [...(shelf().parts.get(run) ?? [])].toSorted(([a], [b]) => a - b).map(([, part]) => part),
      block(run, n) {
        const block = blocks(run)[n];
        assert.ok(block, `block ${n} of run ${run}`);
        return block;
      },
      deleteSome(run) {
        shelf().parts.delete(run);
        shelf().runs.delete(run);
      },
      kept(first, last, most) {
        const some = shelf().kept?.filter(({ id }) => id >= first && id <= last) ?? null;
        return some === null || some.length > most ? null : some;
      },
    };
  }
}

/** In the log, and in runs that are asked. */
function entriesIn({ log, runs, parts }: Shelf): number {
  const live = [...runs.values()].filter(({ state }) => state === 'live');
  const blocks = live.flatMap(({ id }) => [...(parts.get(id)?.values() ?? [])]).flatMap((piece) => piece.blocks);
  return (
    [...log.values()].reduce((sum, data) => sum + decodeLogged(data).hi.length, 0) +
    blocks.reduce((sum, block) => sum + decodeBlock(block).hi.length, 0)
  );
}

/** What it must answer: in a Map, as long as the process lives. */
class Model {
  readonly #events = new Map<string, number[]>();

  add({ hi, lo }: Key, id: number): void {
    const name = `${hi}:${lo}`;
    this.#events.set(name, [...(this.#events.get(name) ?? []), id]);
  }

  least({ hi, lo }: Key, below: number): number | null {
    const ids = (this.#events.get(`${hi}:${lo}`) ?? []).filter((id) => id < below);
    return ids.length === 0 ? null : Math.min(...ids);
  }
}

const step = fc.record({
  who: fc.nat({ max: 1 }),
  what: fc.constantFrom('commit', 'commit', 'commit', 'fail', 'restart', 'tidy'),
  keys: fc.array(fc.record({ hi: word, lo: word, isLate: fc.boolean() }), { maxLength: 12 }),
});

describe('keys in runs', () => {
  test('two processes that commit, fail and start anew find what a map would', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const disk = { shelf: new Shelf() };
        const start = () => new Process(disk, { run: 20, step: 5 });
        const processes = [start(), start()];
        const model = new Model();
        const all: Key[] = [];
        let id = 100;
        let committed = 0;
        for (const { who, what, keys } of steps) {
          if (what === 'restart') processes[who] = start();
          const process = processes[who] as Process;
          const added = keys.map(({ hi, lo, isLate }) => ({ hi, lo, id: isLate ? (id += 1) - 50 : (id += 1) }));
          const add = () => {
            for (const { id: event, ...key } of added) process.keys.add(key, event);
            if (what === 'tidy') process.keys.tidy();
          };
          process.transaction(add, { fails: what === 'fail' });
          if (what !== 'fail') for (const { id: event, ...key } of added) model.add(key, event);
          all.push(...keys);
          committed += what === 'fail' ? 0 : keys.length;
          assert.ok(entriesIn(disk.shelf) <= committed);
          process.transaction(() => {
            for (const key of all) {
              assert.equal(
                process.keys.find(key, id - 10, () => true),
                model.least(key, id - 10),
              );
              assert.equal(
                process.keys.has(key.hi, (event) => event === model.least(key, id + 1)),
                model.least(key, id + 1) !== null,
              );
            }
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  test('hundreds of thousands are merged while they come; what leads to deleted events goes', () => {
    const disk = { shelf: new Shelf() };
    const one = new Process(disk);
    const other = new Process(disk);
    // Of ten keys one is this or the other, so that the rest do not stand where they should.
    const same = { hi: 7, lo: 7 };
    const last = { hi: 2 ** 32 - 1, lo: 7 };
    const keyAt = (n: number): Key =>
      n % 10 === 0 ? (n % 20 === 0 ? last : same) : { hi: Math.imul(n, 0x9e3779b1) >>> 0, lo: n };
    let id = 0;
    const add = (process: Process, count: number) =>
      process.transaction(() => {
        for (let n = 0; n < count; n++) process.keys.add(keyAt((id += 1)), id);
      });
    while (id < 300_000) add(id % 3 === 0 ? one : other, 1_000);
    const levels = () =>
      [...disk.shelf.runs.values()].filter(({ state }) => state === 'live').map(({ level }) => level);
    assert.deepEqual([levels().includes(1), levels().length < 16], [true, true]);
    for (const process of [one, other, new Process(disk)]) {
      process.transaction(() => {
        for (let n = 1; n < id; n += 997) {
          const found = process.keys.find(keyAt(n), Number.POSITIVE_INFINITY, () => true);
          assert.equal(found, n % 10 === 0 ? (n % 20 === 0 ? 20 : 10) : n);
          assert.equal(
            process.keys.find({ hi: n, lo: n }, Number.POSITIVE_INFINITY, () => true),
            n === 7 ? 10 : null,
          );
        }
        let looks = 0;
        const third = process.keys.find(same, Number.POSITIVE_INFINITY, () => (looks += 1) === 3);
        assert.deepEqual([third, looks], [50, 3]);
      });
    }
    assert.equal(entriesIn(disk.shelf), id);
    const keptAfter = (least: number) =>
      Array.from({ length: id }, (_, n) => n + 1)
        .filter((n) => n > least || n === 20_001)
        .map((n) => ({ id: n, key: keyAt(n) }));
    const tidy = () => {
      for (let n = 0; n < 400; n++) one.keys.tidy();
    };
    disk.shelf.kept = keptAfter(200_000);
    one.transaction(() => {
      tidy();
      assert.equal(
        one.keys.find(keyAt(20_001), Number.POSITIVE_INFINITY, () => true),
        20_001,
      );
      for (let n = 200_001; n < id; n += 996) {
        assert.equal(
          one.keys.find(keyAt(n), Number.POSITIVE_INFINITY, (event) => event === n),
          n,
        );
      }
    });
    assert.ok(entriesIn(disk.shelf) < id);
    disk.shelf.kept = keptAfter(id - 1);
    add(one, 30_000);
    one.transaction(tidy);
    for (const process of [other, new Process(disk)]) {
      process.transaction(() => {
        assert.equal(
          process.keys.find(keyAt(20_001), Number.POSITIVE_INFINITY, () => true),
          20_001,
        );
      });
    }
    assert.ok(levels().length <= 2);
  });

  test('a run that came to nothing is not taken for the one that another process wrote in its place', () => {
    const disk = { shelf: new Shelf() };
    const [one, other] = [new Process(disk, { run: 2, step: 1 }), new Process(disk, { run: 2, step: 1 })];
    const add = (process: Process, from: number, fails: boolean) =>
      process.transaction(() => [from, from + 1].forEach((n) => process.keys.add(keyOf(n), n)), { fails });
    add(one, 1, true);
    add(other, 3, false);
    one.transaction(() => {
      for (const n of [1, 2, 3, 4])
        assert.equal(
          one.keys.find(keyOf(n), 9, () => true),
          n < 3 ? null : n,
        );
    });
  });

  test('the least event is found, also where it was decided after all that stand in runs', () => {
    const disk = { shelf: new Shelf() };
    const one = new Process(disk, { run: 2, step: 9 });
    const add = (...added: (readonly [Key, number])[]) =>
      one.transaction(() => added.forEach(([key, id]) => one.keys.add(key, id)));
    add([keyOf(1), 150], [keyOf(2), 151]);
    add([keyOf(3), 152], [keyOf(4), 153]);
    add([keyOf(1), 50]);
    one.transaction(() => {
      for (const below of [60, 1_000])
        assert.equal(
          one.keys.find(keyOf(1), below, () => true),
          50,
        );
    });
  });

  test('older events are brought over by whoever goes on with it', () => {
    const disk = { shelf: new Shelf() };
    disk.shelf.state = { generation: 0, broughtUpTo: 0 };
    const one = new Process(disk);
    const other = new Process(disk);
    const older = (from: number) => sorted(entriesOf([from, from + 1].map((n) => [keyOf(n).hi, keyOf(n).lo, n])), 2);
    one.transaction(() => one.keys.bringOver(older(1), 2));
    other.transaction(() => assert.equal(other.keys.broughtUpTo, 2));
    other.transaction(() => other.keys.bringOver(older(3), null));
    one.transaction(() => {
      assert.equal(one.keys.broughtUpTo, null);
      for (const n of [1, 2, 3, 4])
        assert.equal(
          one.keys.find(keyOf(n), 9, () => true),
          n,
        );
    });
  });
});
