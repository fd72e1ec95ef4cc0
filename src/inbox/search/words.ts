/** More tell nothing that finds an event better. */
const MOST_WORDS = 32;
const LONGEST = 40;

/** The words of a text without accents and in lower case, each once: what stores and questions have in common. */
export function wordsOf(text: string): readonly string[] {
  const plain = text
    .slice(0, 1_000)
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
  const words = (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, LONGEST).toWellFormed());
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** A name as one word that no tokenizer takes apart: what is neither a letter nor a digit becomes a character behind ASCII. */
export function valueOf(name: string): string {
  const lower = name.slice(0, 100).toWellFormed().toLowerCase();
  return lower.replaceAll(/[^a-z0-9\u0080-\u{10ffff}]/gu, (char) => String.fromCharCode(0x80 + char.charCodeAt(0)));
}
