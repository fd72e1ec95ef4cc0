import * as z from 'zod/mini';
import { spanMs } from '../parts/amounts.ts';
import { EDITORS } from '../parts/editors.ts';

const TEXT = /^(\d+(?:\.\d+)?)\s*(s|m)?$/;
const LEAST_MS = 1_000;
const MOST_MS = 600_000;

/** `20s`, `2m`, or a number of seconds → ms. Undefined: it is none of these. */
function milliseconds(given: unknown): number | undefined {
  const text = String(given).trim();
  return spanMs(/\d$/.test(text) ? `${text}s` : text, ['s', 'm']);
}

/** 0: `never`, where the defaults wait. */
export const settle = z
  .pipe(
    z.unknown().check(
      z.refine(
        (value) => {
          const ms = milliseconds(value);
          return value === 'never' || (ms !== undefined && ms >= LEAST_MS && ms <= MOST_MS);
        },
        { error: 'must be a time from 1s to 10m, as in 20s or 2m, or never.' },
      ),
    ),
    z.transform((value) => milliseconds(value) ?? 0),
  )
  .register(EDITORS, {
    shape: () => ({
      anyOf: [
        { const: 'never' },
        { type: 'number', minimum: LEAST_MS / 1_000, maximum: MOST_MS / 1_000 },
        { type: 'string', pattern: `${TEXT.source}|\\$\\{` },
      ],
    }),
  });
