/** One figure of a run, with the bar it is held to. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What must hold; absent for figures that are only told. */
  readonly bar?: { readonly atLeast: number } | { readonly atMost: number };
}

/** Where a scenario works: an empty data folder, or a copy of one that holds many events already. */
export interface Bench {
  /** Runs `work` with a fresh data folder and removes it afterwards. */
  inDataDir<T>(work: (dataDir: string) => Promise<T>): Promise<T>;
  readonly rounds: number;
  /** How long a scenario that watches something come to rest waits, in seconds. */
  readonly restSeconds: number;
  /** Many events are there already. */
  readonly isFull: boolean;
  /** With what takes many minutes. */
  readonly isLong: boolean;
}

export type Scenario = (bench: Bench) => Promise<readonly Measure[]>;

export function holds({ value, bar }: Measure): boolean | null {
  if (bar === undefined) return null;
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}
