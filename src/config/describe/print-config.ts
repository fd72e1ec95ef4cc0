import { Document, isMap, isScalar } from 'yaml';
import { jsonText } from '../../shared/terminal/json-text.ts';

/** A comment above a key. */
export interface Note {
  readonly place: readonly (string | number)[];
  readonly text: string;
}

/**
 * What `describeConfig` gives, as text without a newline at its end. `line` is JSON on one line. YAML folds its long texts at
 * `columns`, 0: never, and has the notes for comments.
 */
export function printConfig(
  described: unknown,
  format: 'yaml' | 'json' | 'line',
  columns = 0,
  notes: readonly Note[] = [],
): string {
  // Through JSON, so that a Secret that slipped in prints itself as `[secret]` and not as an object.
  const plain: unknown = JSON.parse(JSON.stringify(described));
  if (format !== 'yaml') return jsonText(plain, format === 'json' ? 2 : 0);
  const document = new Document(plain);
  for (const note of notes) comment(document, note);
  return document.toString({ lineWidth: columns }).trimEnd();
}

function comment(document: Document, { place, text }: Note): void {
  const holder = document.getIn(place.slice(0, -1), true);
  const keys = isMap(holder) ? holder.items.map(({ key }) => key) : [];
  const key = keys.find((each) => isScalar(each) && each.value === place.at(-1));
  if (isScalar(key)) key.commentBefore = ` ${text}`;
}
