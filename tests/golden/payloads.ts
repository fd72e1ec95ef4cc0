import { readdirSync } from 'node:fs';
import { githubExamples } from '../fixtures/github-examples.ts';

export interface Case {
  /** `issues.opened`, as GitHub names it; the event alone where it has no actions. */
  readonly pair: string;
  readonly type: string;
  /** Which payload of its event, from 1, in the order of its collection. */
  readonly no: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Payloads that GitHub sent, of 161 pairs. */
export function recorded(): readonly Case[] {
  const counts = new Map<string, number>();
  return githubExamples().map(({ type, payload }) => {
    const no = (counts.get(type) ?? 0) + 1;
    counts.set(type, no);
    const { action } = payload;
    return { pair: typeof action === 'string' ? `${type}.${action}` : type, type, no, payload };
  });
}

/** Payloads written by hand after GitHub's documentation: pairs that nobody recorded. */
export async function written(): Promise<readonly Case[]> {
  const folder = new URL('../fixtures/pairs/', import.meta.url);
  const found = new Map<string, Readonly<Record<string, unknown>>>();
  for (const file of readdirSync(folder)) {
    const module = (await import(new URL(file, folder).href)) as Readonly<Record<string, unknown>>;
    for (const [name, pairs] of Object.entries(module)) {
      if (!name.startsWith('PAIRS_')) continue;
      for (const [pair, payload] of Object.entries(pairs as object)) found.set(pair, payload);
    }
  }
  return [...found].map(([pair, payload], index) => ({
    pair,
    type: pair.split('.')[0] ?? pair,
    no: index + 1,
    payload,
  }));
}
