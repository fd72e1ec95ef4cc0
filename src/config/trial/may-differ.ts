import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../config-error.ts';
import type { Path } from '../place/yaml-map.ts';
import { list, mapping } from '../read/plain-data.ts';
import type { WrittenText } from './file-text.ts';

/**
 * What only the file itself may change: where things come from and go (addresses, commands that are run), and what is kept.
 * Whoever opens the dashboard gains rules, and no more.
 */
export const HELD_SECTIONS = ['sources', 'destinations', 'retention'] as const;

/**
 * Why a text that somebody sends may not be tried or written: it changes what only the file may, reads a variable that rules of the
 * file do not read, or a payload that its tests do not name. `file`: what the file says, as it was shown; null where there is none.
 */
export function notFromHere(text: WrittenText, file: WrittenText | null): readonly Problem[] {
  return [...changedSections(text, file), ...otherVariables(text, file), ...otherPayloads(text, file)];
}

function changedSections(text: WrittenText, file: WrittenText | null): readonly Problem[] {
  return HELD_SECTIONS.flatMap((section) => {
    const path = differenceAt(text.data[section], file?.data[section], [section]);
    if (path === null) return [];
    const isGone = text.data[section] === undefined;
    const message = isGone
      ? `${section} is gone, and only the file itself can lose it. Put it back as it stands in the file.`
      : `${section} can't be changed from here, only in the file itself: whoever opens the dashboard may change rules, and no more.`;
    return [text.problemAt(path, path.length > 1 ? 'value' : 'key', message)];
  });
}

/** Where two values first differ. Null: they are the same. */
function differenceAt(value: unknown, other: unknown, path: Path): Path | null {
  if (isDeepStrictEqual(value, other)) return null;
  const [one, two] = [mapping(value), mapping(other)];
  if (one !== value || two !== other) return path;
  const key = [...Object.keys(one), ...Object.keys(two)].find((each) => !isDeepStrictEqual(one[each], two[each]));
  return key === undefined || one[key] === undefined ? path : differenceAt(one[key], two[key], [...path, key]);
}

/** A rule or a test that reads a variable could be asked what it holds, letter by letter. */
function otherVariables(text: WrittenText, file: WrittenText | null): readonly Problem[] {
  const known = new Set(ownVariables(file).map(({ variable }) => variable));
  return ownVariables(text)
    .filter(({ variable }) => !known.has(variable))
    .map(({ path, variable }) =>
      text.problemAt(
        path,
        'value',
        `\${${variable}} can't be read from here: no rule or test of the file does. Write it into the file itself first.`,
      ),
    );
}

function ownVariables(text: WrittenText | null): WrittenText['variables'] {
  return (text?.variables ?? []).filter(({ path }) => !HELD_SECTIONS.some((section) => section === path[0]));
}

function otherPayloads(text: WrittenText, file: WrittenText | null): readonly Problem[] {
  const known = new Set(payloadsIn(file));
  return payloadsIn(text).flatMap((payload, index) =>
    payload === undefined || known.has(payload)
      ? []
      : [
          text.problemAt(
            ['tests', index, 'payload'],
            'value',
            "this payload can't be read from here: no test of the file names it. Name it in the file itself first.",
          ),
        ],
  );
}

function payloadsIn(text: WrittenText | null): readonly unknown[] {
  return list(text?.data['tests']).map((test) => mapping(test)['payload']);
}
