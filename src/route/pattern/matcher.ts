import type { Steps } from '../../model/rule.ts';
import { Alphabet, type Letter, type Side } from './alphabet.ts';
import { type Instruction, type Program, programOf } from './program.ts';
import { type Place, place, sequence, type Tree } from './tree.ts';

export interface Matcher {
  /** Throws TooManySteps. */
  matches(text: string, steps: Steps): boolean;
}

/**
 * So many steps of learning are free for a pattern that is kept: else the first event after a start would be charged for what all
 * later ones know.
 */
export const FREE_LEARNING = 100_000;

/** Whether the pattern is somewhere in a text. */
export function finder(tree: Tree, freeLearning: number): Matcher {
  return new Automaton(programOf(tree), 'anywhere', freeLearning);
}

/** Whether a text is what the pattern says, from its start to its end. */
export function wholly(tree: Tree, freeLearning: number): Matcher {
  return new Automaton(programOf(sequence([tree, place('text end')])), 'at the start', freeLearning);
}

/** The instructions that a text can have led to, and what each next letter leads to. */
interface State {
  readonly number: number;
  readonly at: readonly number[];
  readonly before: Side;
  readonly next: (State | undefined)[];
  /** Whether the text matches when it ends here. Undefined: no text has. */
  endsWell: boolean | undefined;
}

/** The last two states: whatever follows changes nothing. */
const LAST = 2;
const MATCHED: State = { number: 1, at: [], before: 'other', next: [], endsWell: true };
const LOST: State = { number: LAST, at: [], before: 'other', next: [], endsWell: false };

/** A row of the table is a state, a column an ASCII character: the number of the state it leads to, 0 where it was not asked. */
const ROW = 128;
const FIRST_ROWS = 8;

/** So much is kept of one pattern before it is learned anew, some 100 kB: instructions in states, and their rows. */
const KEPT = 10_000;
const KEPT_BY_ROW = 32;
/** A list of hundreds of globs has states that large: at least so many of them. */
const KEPT_STATES = 20;

/** What finding a way that is not known costs, and looking at each instruction, in characters whose way is known. */
const NEW = 100;
const LOOK = 20;

type Way = Extract<Instruction, { op: 'char' }>;

/**
 * Reads a text once, from left to right, on all ways at a time that the pattern leaves open (Thompson 1968), and remembers where
 * each letter led, as grep and RE2 do. It never goes back: a character costs one step, or, where it is new, one look at each
 * instruction at most. No pattern and no text make that more.
 */
class Automaton implements Matcher {
  readonly #program: Program;
  readonly #from: 'anywhere' | 'at the start';
  readonly #alphabet: Alphabet;
  readonly #numbers = new Map<string, State>();
  #states: State[] = [];
  #table = new Uint16Array(FIRST_ROWS * ROW);
  readonly #marks: Marks;
  #kept = 0;
  #freeLearning: number;
  #start = LOST;

  constructor(program: Program, from: 'anywhere' | 'at the start', freeLearning: number) {
    this.#freeLearning = freeLearning;
    this.#program = program;
    this.#from = from;
    this.#alphabet = new Alphabet(program.chars, program.asksPlaces);
    this.#marks = { of: new Float64Array(program.instructions.length), last: 0 };
    this.#forget();
  }

  matches(text: string, steps: Steps): boolean {
    const { length } = text;
    let table = this.#table;
    let state = this.#start.number;
    let read = 0;
    while (read < length && state > LAST) {
      const unit = text.charCodeAt(read);
      const known = unit < ROW ? table[state * ROW + unit] : 0;
      if (known) {
        state = known;
        read++;
      } else {
        const code = text.codePointAt(read) ?? unit;
        state = this.#follow(state, code, steps);
        table = this.#table;
        read += code > 0xffff ? 2 : 1;
      }
    }
    steps.take(read + 1);
    return this.#states[state]?.endsWell ?? this.#endsWell(state, steps);
  }

  #endsWell(number: number, steps: Steps): boolean {
    const state = this.#states[number] ?? LOST;
    return (state.endsWell ??= this.#waysOn(state, 'edge', steps) === 'matched');
  }

  #follow(from: number, code: number, steps: Steps): number {
    const state = this.#states[from] ?? LOST;
    const letter = this.#letter(code, steps);
    const next = (state.next[letter.index] ??= this.#after(state, letter, steps));
    const isForgotten = this.#states[from] !== state;
    if (code < ROW && !isForgotten) this.#table[from * ROW + code] = next.number;
    return next.number;
  }

  #letter(code: number, steps: Steps): Letter {
    const known = this.#alphabet.known(code);
    if (known === undefined) this.#learning(LOOK * this.#program.chars.length, steps);
    return known ?? this.#alphabet.learn(code);
  }

  #after(state: State, letter: Letter, steps: Steps): State {
    const ways = this.#waysOn(state, letter.side, steps);
    if (ways === 'matched') return MATCHED;
    const at = new Marked(this.#marks);
    if (this.#from === 'anywhere') at.add(this.#program.start);
    for (const { char, to } of ways) if (letter.is.has(char)) at.add(to);
    return at.all.length === 0 ? LOST : this.#stateOf(at.all, letter.side);
  }

  /** The instructions that wait for a character, once every fork was taken and every place was looked at. */
  #waysOn(state: State, after: Side, steps: Steps): 'matched' | readonly Way[] {
    const seen = new Marked(this.#marks);
    for (const index of state.at) seen.add(index);
    const ways: Way[] = [];
    // The list grows while it is gone through.
    for (const index of seen.all) {
      const instruction = this.#program.instructions[index];
      if (instruction?.op === 'match') return 'matched';
      if (instruction?.op === 'char') ways.push(instruction);
      if (instruction?.op === 'fork') for (const to of instruction.to) seen.add(to);
      if (instruction?.op === 'place' && isAt(instruction.place, state.before, after)) seen.add(instruction.to);
    }
    this.#learning(NEW + LOOK * seen.all.length, steps);
    return ways;
  }

  #learning(cost: number, steps: Steps): void {
    const free = Math.min(cost, this.#freeLearning);
    this.#freeLearning -= free;
    steps.take(cost - free);
  }

  #stateOf(at: readonly number[], before: Side): State {
    const key = `${before} ${at.join()}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.#kept > Math.max(KEPT, KEPT_STATES * this.#program.instructions.length)) this.#forget();
    return this.#add(key, at, before);
  }

  #add(key: string, at: readonly number[], before: Side): State {
    const state: State = { number: this.#states.length, at, before, next: [], endsWell: undefined };
    this.#numbers.set(key, state);
    this.#kept += at.length + KEPT_BY_ROW;
    if (this.#states.push(state) * ROW > this.#table.length) {
      const table = new Uint16Array(2 * this.#table.length);
      table.set(this.#table);
      this.#table = table;
    }
    return state;
  }

  #forget(): void {
    this.#numbers.clear();
    this.#kept = 0;
    this.#states = [LOST, MATCHED, LOST];
    this.#table.fill(0);
    this.#start = this.#add('start', [this.#program.start], 'edge');
  }
}

/** Instruction → the number of the list that took it in last. */
interface Marks {
  readonly of: Float64Array;
  last: number;
}

/** Instructions, each once, in the order in which they came. One list takes in at a time. */
class Marked {
  readonly all: number[] = [];
  readonly #marks: Marks;

  constructor(marks: Marks) {
    this.#marks = marks;
    marks.last++;
  }

  add(index: number): void {
    if (this.#marks.of[index] === this.#marks.last) return;
    this.#marks.of[index] = this.#marks.last;
    this.all.push(index);
  }
}

function isAt(where: Place, before: Side, after: Side): boolean {
  switch (where) {
    case 'text start':
      return before === 'edge';
    case 'text end':
      return after === 'edge';
    case 'line start':
      return before === 'edge' || before === 'line end';
    case 'line end':
      return after === 'edge' || after === 'line end';
    case 'word edge':
      return (before === 'word') !== (after === 'word');
    case 'no word edge':
      return (before === 'word') === (after === 'word');
  }
}
