import { stringify } from 'yaml';
import { jsonText } from '../../shared/json-text.ts';

/**
 * What `describeConfig` gives, as text without a newline at its end. `line` is JSON on one line. YAML folds its long texts at
 * `columns`; 0: never.
 */
export function printConfig(described: unknown, format: 'yaml' | 'json' | 'line', columns = 0): string {
  // Through JSON, so that a Secret that slipped in prints itself as `[secret]` and not as an object.
  const plain: unknown = JSON.parse(JSON.stringify(described));
  if (format === 'yaml') return stringify(plain, { lineWidth: columns }).trimEnd();
  return jsonText(plain, format === 'json' ? 2 : 0);
}
