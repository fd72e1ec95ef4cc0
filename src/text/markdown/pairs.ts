/** For each `[` its `]`. One pass, made when it is first asked. */
export class Brackets {
  readonly #text: string;
  #pairs: ReadonlyMap<number, number> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  closing(bracket: number): number | undefined {
    this.#pairs ??= pairBrackets(this.#text);
    return this.#pairs.get(bracket);
  }
}

function pairBrackets(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: sign, index } of text.matchAll(/\\[^]|[[\]]/g)) {
    if (sign === '[') open.push(index);
    else if (sign === ']') {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, index);
    }
  }
  return pairs;
}

/** Where runs of backticks stand, by length; asked with growing positions only, so that each is passed once. */
export class TickRuns {
  readonly #text: string;
  #byLength: Map<number, { readonly starts: number[]; next: number }> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  next(length: number, from: number): number | undefined {
    this.#byLength ??= ticksIn(this.#text);
    const entry = this.#byLength.get(length);
    if (!entry) return undefined;
    while ((entry.starts[entry.next] ?? Number.POSITIVE_INFINITY) < from) entry.next++;
    return entry.starts[entry.next];
  }
}

function ticksIn(text: string): Map<number, { readonly starts: number[]; next: number }> {
  const byLength = new Map<number, { readonly starts: number[]; next: number }>();
  for (const run of text.matchAll(/`+/g)) {
    const entry = byLength.get(run[0].length);
    if (entry) entry.starts.push(run.index);
    else byLength.set(run[0].length, { starts: [run.index], next: 0 });
  }
  return byLength;
}
