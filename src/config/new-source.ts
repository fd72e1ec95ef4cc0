import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { newGuid } from '../shared/ids.ts';

/** A source as tidings.yaml has it. */
export interface NewSource {
  readonly name: string;
  readonly provider: string;
  /** The variable that holds its secret. */
  readonly variable: string;
}

/** Its lines, `indent` blanks from the left. */
export function sourceLines({ name, provider, variable }: NewSource, indent = 2): readonly string[] {
  const lines = [`${name}:`, `  provider: ${provider}`, `  secrets: "\${${variable}}"`];
  return lines.map((line) => ' '.repeat(indent) + line);
}

/**
 * The file with it behind the other sources, and every other line as it is. Null where `sources:` is not a plain block: that
 * is for a person to do.
 */
export function withSource(text: string, source: NewSource): string | null {
  const lines = text.split('\n');
  const heads = lines.flatMap((line, at) => (/^sources:\s*(?:#.*)?$/.test(line) ? [at] : []));
  const [head] = heads;
  if (head === undefined || heads.length > 1) return null;
  const after = lines.findIndex((line, at) => at > head && /^[^\s#]/.test(line));
  const block = lines.slice(head + 1, after < 0 ? undefined : after);
  const last = block.findLastIndex((line) => /^\s+[^\s#]/.test(line));
  const indent = /^ +(?=[^\s#])/.exec(block.find((line) => /^\s+[^\s#]/.test(line)) ?? '')?.[0].length;
  if (indent === undefined) return null;
  const at = head + 1 + last + 1;
  return [...lines.slice(0, at), ...sourceLines(source, indent), ...lines.slice(at)].join('\n');
}

/** Adds it to the file; `isUsable` reads the file anew. False: the file is as it was. */
export async function addSource(path: string, source: NewSource, isUsable: () => Promise<boolean>): Promise<boolean> {
  const before = readFileSync(path, 'utf8');
  const after = withSource(before, source);
  if (after === null) return false;
  try {
    replace(path, after);
  } catch {
    // Nothing is lost: whoever asked is told what to write.
    return false;
  }
  if (await isUsable()) return true;
  replace(path, before);
  return false;
}

/** Whole or not at all: a full disk must not cost the file. */
function replace(path: string, text: string): void {
  const target = realpathSync(path);
  const draft = `${target}.${newGuid()}`;
  try {
    writeFileSync(draft, text, { mode: statSync(target).mode });
    renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
}
