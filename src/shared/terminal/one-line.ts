import { stripVTControlCharacters } from 'node:util';

/** Text from outside as one harmless line: no line breaks, tabs or terminal control sequences. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '');
}
