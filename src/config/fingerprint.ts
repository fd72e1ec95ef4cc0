import { createHash } from 'node:crypto';
import { Secret } from '../shared/secret.ts';

/** The same for equal settings, secrets included, and nothing can be read from it. */
export function fingerprint(value: unknown): string {
  const text = JSON.stringify({ value }, function (this: Record<string, unknown>, key, plain: unknown) {
    const given = this[key];
    if (given instanceof Secret) return { secret: given.reveal() };
    if (given instanceof Set) return { set: [...given] };
    if (given instanceof Set) return { set: [...given] };
    return given instanceof Map ? { map: [...given] } : plain;
  });
  return createHash('sha256').update(text).digest('hex');
}
