import { MASK } from '../../shared/secrets/secret-shapes.ts';
import { isOpenSection, type PlainKeys } from './yaml-map.ts';

export interface BrokenLine {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

/**
 * A line at which YAML breaks, for people. Where it breaks nobody knows what is a key and what a value, so whatever may be a
 * value is masked; not in sections that hold no secrets, where the whole line is what shows the mistake. `before`: the text
 * of the file up to this line.
 */
export function shownBrokenLine(
  { text, offset, length }: BrokenLine,
  before: string,
  plainKeys: PlainKeys,
): BrokenLine {
  const masked = isInOpenSection(before, text) ? text : masking(text, plainKeys);
  if (masked === text) return { text, offset, length };
  const at = Math.min(masking(text.slice(0, offset), plainKeys).length, masked.length);
  return { text: masked, offset: at, length: masked.startsWith(MASK, at) ? MASK.length : 1 };
}

export function isInOpenSection(before: string, line: string): boolean {
  const section = `${before}${line}`.split('\n').findLast((each) => /^["']?\w+["']?\s*:/.test(each));
  return isOpenSection(/^["']?(\w+)/.exec(section ?? '')?.[1]);
}

/** Between the marks of flow collections, each piece is a key with its value, or a value. Variables are no secrets. */
function masking(line: string, plainKeys: PlainKeys): string {
  return line
    .split(/(\$\{\w*\}?|[{}[\],])/)
    .map((piece) => (/^(?:\$\{|[{}[\],]$)/.test(piece) ? piece : maskedPiece(piece, plainKeys)))
    .join('');
}

function maskedPiece(piece: string, plainKeys: PlainKeys): string {
  const [, start = '', key, value = ''] =
    /^(\s*(?:-\s+)*(?:["']?([\w-]{1,40})["']?\s*:(?:\s+|$))?)(.*)$/s.exec(piece) ?? [];
  if (key !== undefined && plainKeys.has(key)) return piece;
  return start + (/^["']?\s*$/.test(value) ? value : MASK);
}
