import { stringify } from 'yaml';
import { jsonText } from '../json-text.ts';

/** What `describeConfig` gives, as text without a newline at its end. `line` is JSON on one line. */
export function printConfig(described: unknown, format: 'yaml' | 'json' | 'line'): string {
  // Through JSON, so that a Secret that slipped in prints itself as `[secret]` and not as an object.
  const plain: unknown = JSON.parse(JSON.stringify(described));
  if (format === 'yaml') return stringify(plain, { lineWidth: 0 }).trimEnd();
  return jsonText(plain, format === 'json' ? 2 : 0);
}
