import type { Headers } from '../../model/headers.ts';
import { type Payload, parseObject } from '../../shared/payload.ts';

const FORM = 'application/x-www-form-urlencoded';

/**
 * The stored body as an object: JSON, or the `payload` field of a form. What begins like JSON is JSON whatever the content type,
 * which is not signed: a captured JSON body has no second meaning as a form.
 * @throws PayloadError with path `body` when it is neither
 */
export function parsePayload(event: { readonly headers: Headers; readonly body: Buffer }): Payload {
  const text = event.body.toString('utf8');
  const isForm = event.headers['content-type']?.startsWith(FORM) === true && !/^\s*[{[]/.test(text);
  return parseObject(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text);
}
