import type { ShownBlock, ShownMessage, ShownRun } from '../../model/plugin/preview.ts';

/** A line, or lines of code. */
export type Look = Extract<ShownBlock, { readonly kind: 'text' | 'small' | 'quote' | 'code' }>;

/** Lines that look alike are one block. Blank ones part them. */
export function blocksOf(looks: readonly Look[]): readonly ShownBlock[] {
  const blocks: Look[] = [];
  let isParted = false;
  for (const look of looks) {
    const isBlank = look.kind !== 'code' && textOf(look.runs).trim() === '';
    const last = blocks.at(-1);
    if (isBlank) isParted = true;
    else if (!isParted && last !== undefined && last.kind !== 'code' && look.kind !== 'code' && last.kind === look.kind)
      blocks[blocks.length - 1] = { kind: look.kind, runs: tidy([...last.runs, { text: '\n' }, ...look.runs]) };
    else blocks.push(look);
    if (!isBlank) isParted = false;
  }
  return blocks;
}

export function textOf(runs: readonly ShownRun[]): string {
  return runs.map(({ text }) => text).join('');
}

/** Joined where they look alike, without what is never seen. */
export function tidy(runs: readonly ShownRun[]): readonly ShownRun[] {
  const made: ShownRun[] = [];
  for (const { text, ...look } of runs) {
    const seen = text.replaceAll('\u2060', '');
    const last = made.at(-1);
    if (seen === '') continue;
    if (last !== undefined && isAlike(last, look)) made[made.length - 1] = { ...last, text: last.text + seen };
    else made.push({ text: seen, ...look });
  }
  return made;
}

function isAlike(run: ShownRun, look: Omit<ShownRun, 'text'>): boolean {
  return (['bold', 'italic', 'struck', 'code', 'url'] as const).every((key) => run[key] === look[key]);
}

/** A message that programs read, and where it goes. Secrets stand in neither. */
export function shownCode(value: unknown, where: Readonly<Record<string, string>> = {}): ShownMessage {
  const text = typeof value === 'string' ? value : JSON.stringify(value, (_, each: unknown) => plainNumber(each), 2);
  const fields = Object.entries(where).map(([name, place]) => ({ name, value: [{ text: place, code: true }] }));
  return {
    author: null,
    brief: null,
    color: null,
    blocks: [...(fields.length === 0 ? [] : [{ kind: 'fields', fields } as const]), { kind: 'code', text }],
  };
}

function plainNumber(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

/** `#1a7f37` */
export function hexColor(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}
