/** More tell nothing that finds an event better. */
const MOST_WORDS = 32;
const LONGEST = 40;

/** Printable. */
const IS_ASCII = /^[\t\n\r -~]*$/;

/** The words of a text without accents and in lower case, each once: what stores and questions have in common. */
export function wordsOf(text: string): readonly string[] {
  return [...new Set(allWords(text.slice(0, 1_000)))].slice(0, MOST_WORDS);
}

/** Most texts are ASCII, for which this is five times as fast: the database's thread does it for every event. */
function allWords(text: string): readonly string[] {
  if (IS_ASCII.test(text)) return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map((word) => word.slice(0, LONGEST));
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, LONGEST).toWellFormed());
}

/** A name as one word that no tokenizer takes apart: what is neither a letter nor a digit becomes a character behind ASCII. */
export function valueOf(name: string): string {
  const lower = name.slice(0, 100).toWellFormed().toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they come in names, too.
  return lower.replaceAll(/[\0-/:-`{-\x7f]/g, (char) => String.fromCharCode(0x80 + char.charCodeAt(0)));
}
