import { parsedBody } from '../../http/event-json.ts';
import { jsonText } from '../../shared/terminal/json-text.ts';
import { oneLine } from '../table.ts';

/**
 * Indented JSON, with what could steer a terminal or reorder its text escaped; a body that is no JSON as text without it.
 * `--raw` has the bytes.
 */
export function prettyBody(body: Buffer): string {
  const parsed = parsedBody(body);
  if (typeof parsed === 'string') return parsed.split('\n').map(oneLine).join('\n');
  return jsonText(parsed, 2);
}
