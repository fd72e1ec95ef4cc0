// What a line of Markdown may begin with. Every pattern is bounded or stops at the first character that does not fit.

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const HEADING = /^ {0,3}#{1,6}(?:[ \t]+(.*))?$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|(\d{1,9})([.)]))(?: +|$)/;
const TASK = /^\[([ xX])\][ \t]+/;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$/;
const UNDERLINE = /^ {0,3}(?:=+|-+) *$/;
const ROW_RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const ALERT = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$/i;
const DEFINITION = /^ {0,3}\[([^\][\n]{1,200})\]:/;
const HTML_BLOCK =
  /^ {0,3}<\/?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|ol|p|picture|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?:[\s/>]|$)/i;

/** Longer lines are no rules, whatever they consist of: this keeps the patterns cheap. */
const RULE_LIMIT = 200;

/** https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts */
const ALERT_SIGNS: Readonly<Record<string, string>> = {
  note: 'ℹ️',
  tip: '💡',
  important: '❗',
  warning: '⚠️',
  caution: '🛑',
};

export interface Item {
  /** Columns that its own lines stand in from. */
  readonly content: number;
  /** What its list is marked with. */
  readonly delimiter: string;
  /** Null: it has no number. */
  readonly number: number | null;
  /** What is left of the line. */
  readonly rest: string;
}

/** The signs that open fenced code. */
export function fenceIn(line: string): string | null {
  return FENCE.exec(line)?.[1] ?? null;
}

/** The text of a heading with `#`; null: it is none. */
export function headingIn(line: string): string | null {
  const heading = HEADING.exec(line);
  return heading ? withoutTail(heading[1] ?? '') : null;
}

/** The closing `##` of a heading; a pattern for it would be quadratic. */
function withoutTail(heading: string): string {
  let end = heading.length;
  while (end > 0 && '# \t'.includes(heading[end - 1] ?? '')) end--;
  return heading.slice(0, end);
}

/** How much of the line says that it is a quote. */
export function quoteIn(line: string): number {
  return QUOTE.exec(line)?.[0].length ?? 0;
}

export function itemIn(line: string): Item | null {
  const [all, indent = '', sign = '', digits, delimiter] = ITEM.exec(line) ?? [];
  if (all === undefined || isRule(line)) return null;
  const marker = indent.length + sign.length;
  const blanks = all.length - marker;
  // More than four blanks are one blank and indented code.
  const content = blanks === 0 || blanks > 4 || all.length === line.length ? marker + 1 : all.length;
  return {
    content,
    delimiter: delimiter ?? sign,
    number: digits === undefined ? null : Number(digits),
    rest: line.slice(Math.min(content, line.length)),
  };
}

/** `☐` or `☑`, and the text behind the box. */
export function taskIn(text: string): { readonly box: string; readonly rest: string } | null {
  const task = TASK.exec(text);
  return task ? { box: task[1] === ' ' ? '☐' : '☑', rest: text.slice(task[0].length) } : null;
}

export function isRule(line: string): boolean {
  return line.length <= RULE_LIMIT && RULE.test(line);
}

/** Makes a heading of the paragraph above. */
export function isUnderline(line: string): boolean {
  return line.length <= RULE_LIMIT && UNDERLINE.test(line);
}

/** Makes a table of the line above, where that has as many columns. */
export function isRowRule(line: string, above: string): boolean {
  return (
    line.length <= RULE_LIMIT * 5 &&
    line.includes('-') &&
    (line.includes('|') || line.includes(':')) &&
    ROW_RULE.test(line) &&
    cellsIn(above).length === cellsIn(line).length
  );
}

export function cellsIn(row: string): readonly string[] {
  const inside = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inside.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
}

export function alertIn(line: string): string | null {
  const name = ALERT.exec(line)?.[1]?.toLowerCase();
  return name === undefined ? null : (ALERT_SIGNS[name] ?? null);
}

/** The name of a definition, `^1` for a footnote's. */
export function definitionIn(line: string): { readonly name: string; readonly rest: string } | null {
  const definition = DEFINITION.exec(line);
  return definition ? { name: definition[1] ?? '', rest: line.slice(definition[0].length) } : null;
}

export function isHtmlBlock(line: string): boolean {
  return HTML_BLOCK.test(line);
}
