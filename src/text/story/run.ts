/** A piece of a line, looking and leading one way. The text is as people wrote it, on one line: each destination escapes it. */
export interface Run {
  readonly text: string;
  /** One of `honestUrl`, that the text does not disguise. */
  readonly url?: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly struck?: boolean;
  readonly code?: boolean;
}

/** UTF-16 units that people see. */
export function lengthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { text }) => sum + text.length, 0);
}

export function textOfRuns(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}
