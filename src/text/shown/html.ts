import type { ShownBlock, ShownRun } from '../../model/plugin/preview.ts';
import { blocksOf, type Look, tidy } from './blocks.ts';

/** Tags of ours, with what we write into them; entities; all else. */
const PIECE = /<(\/?)([a-z]+[1-6]?)((?: [a-z-]+(?:="[^"]*")?)*) ?\/?>|&(?:(\w+)|#(\d+)|#x([0-9a-f]+));|[^<&]+|[<&]/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const LOOKS: Readonly<Record<string, 'bold' | 'italic' | 'struck' | 'code'>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'struck',
  del: 'struck',
  code: 'code',
};

/** HTML that we wrote ourselves, as destinations show it. What it does not know is left out, its text stays. */
export function htmlBlocks(html: string): readonly ShownBlock[] {
  const reader = new Reader();
  for (const [piece, close, tag, attributes = '', name, decimal, hex] of html.matchAll(PIECE)) {
    if (tag !== undefined) reader.tag(tag.toLowerCase(), close === '/', attributes);
    else if (name !== undefined) reader.text(ENTITIES[name] ?? piece);
    else if (decimal !== undefined || hex !== undefined) reader.text(signOf(decimal, hex) ?? piece);
    else reader.text(piece);
  }
  return reader.end();
}

class Reader {
  readonly #looks: Look[] = [];
  readonly #open = { bold: 0, italic: 0, struck: 0, code: 0 };
  #runs: ShownRun[] = [];
  #url: string | undefined;
  #quotes = 0;
  #small = 0;
  /** Of each that is open, the next number. Null: it has none. */
  readonly #lists: (number | null)[] = [];
  #pre: string | null = null;

  text(text: string): void {
    if (this.#pre !== null) {
      this.#pre += text;
      return;
    }
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) this.#endLine();
      if (line !== '') this.#runs.push({ text: line, ...this.#look() });
    }
  }

  tag(tag: string, isEnd: boolean, attributes: string): void {
    const look = LOOKS[tag];
    const step = isEnd ? -1 : 1;
    if (look !== undefined && this.#pre === null) this.#open[look] = Math.max(0, this.#open[look] + step);
    else if (tag === 'a') this.#url = isEnd ? undefined : hrefIn(attributes);
    else if (tag === 'br') this.#endLine();
    else this.#block(tag, isEnd, attributes);
  }

  end(): readonly ShownBlock[] {
    if (this.#pre !== null) this.#endPre();
    this.#endLine();
    return blocksOf(this.#looks);
  }

  #block(tag: string, isEnd: boolean, attributes: string): void {
    const step = isEnd ? -1 : 1;
    if (tag === 'pre') {
      if (isEnd) this.#endPre();
      else {
        this.#endLine();
        this.#pre = '';
      }
      return;
    }
    this.#endLine();
    if (tag === 'p') this.#part();
    if (tag === 'blockquote') this.#quotes = Math.max(0, this.#quotes + step);
    if (tag === 'font') this.#small = Math.max(0, this.#small + step);
    if (tag === 'ul' || tag === 'ol') {
      if (isEnd) this.#lists.pop();
      else this.#lists.push(tag === 'ul' ? null : Number(/ start="(\d+)"/.exec(attributes)?.[1] ?? 1));
    }
    if (tag === 'li' && !isEnd) this.#runs.push({ text: this.#bullet() });
  }

  #bullet(): string {
    const depth = this.#lists.length - 1;
    const number = this.#lists[depth] ?? null;
    if (number !== null) this.#lists[depth] = number + 1;
    return `${'  '.repeat(Math.max(0, depth))}${number === null ? '•' : `${number}.`} `;
  }

  #endPre(): void {
    this.#looks.push({ kind: 'code', text: (this.#pre ?? '').replace(/\n$/, '') });
    this.#pre = null;
  }

  #endLine(): void {
    if (this.#runs.length === 0) return;
    const runs = tidy(this.#runs);
    this.#runs = [];
    this.#looks.push({ kind: this.#quotes > 0 ? 'quote' : this.#small > 0 ? 'small' : 'text', runs });
  }

  #part(): void {
    if (this.#looks.length > 0) this.#looks.push({ kind: 'text', runs: [] });
  }

  #look(): Omit<ShownRun, 'text'> {
    const { bold, italic, struck, code } = this.#open;
    return {
      ...(bold > 0 && { bold: true }),
      ...(italic > 0 && { italic: true }),
      ...(struck > 0 && { struck: true }),
      ...(code > 0 && { code: true }),
      ...(this.#url !== undefined && { url: this.#url }),
    };
  }
}

function hrefIn(attributes: string): string | undefined {
  const href = / href="([^"]*)"/i.exec(attributes)?.[1];
  const url = href?.replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
  return url !== undefined && /^https?:\/\//.test(url) ? url : undefined;
}

function signOf(decimal: string | undefined, hex: string | undefined): string | null {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
