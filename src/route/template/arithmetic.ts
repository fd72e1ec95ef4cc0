import type { Environment } from '@marcbachmann/cel-js';
import { printed } from './printed.ts';

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

/**
 * What a line counts with and CEL has not. Numbers of a payload are never whole to it, and then it takes no whole number beside them:
 * here `payload.cents / 100` is what it looks like, and so is `"#" + payload.id`. `format` is of CEL's extensions.
 */
export function withArithmetic(environment: Environment): Environment {
  for (const [operator, count] of Object.entries(OPERATORS)) {
    const mixed = (a: unknown, b: unknown) => count(Number(a), Number(b));
    environment.registerOperator(`double ${operator} int`, mixed).registerOperator(`int ${operator} double`, mixed);
  }
  environment.registerOperator('double % double', (a: unknown, b: unknown) => Number(a) % Number(b));
  for (const number of ['int', 'double']) {
    environment
      .registerOperator(`string + ${number}`, (text: unknown, count: unknown) => `${String(text)}${told(count)}`)
      .registerOperator(`${number} + string`, (count: unknown, text: unknown) => `${told(count)}${String(text)}`);
  }
  return environment.registerFunction('string.format(list): string', formatted, { async: false });
}

/** `"%.2f".format([payload.cents / 100])`: of https://pkg.go.dev/github.com/google/cel-go/ext#Strings `%s`, `%d`, `%f` and `%%`. */
function formatted(text: string, values: readonly unknown[]): string {
  let next = 0;
  return text.replace(/%(?:\.(\d{1,2}))?([a-z%])/gi, (found, digits: string | undefined, verb: string) => {
    if (verb === '%') return '%';
    const value = values[next++];
    if (value === undefined) throw new Error(`${found} has no value`);
    if (verb === 's') return told(value);
    if (verb !== 'd' && verb !== 'f') throw new Error(`${found} is not known here: there are %s, %d and %.2f`);
    if (typeof value !== 'number' && typeof value !== 'bigint') throw new Error(`${found} takes a number`);
    return verb === 'd' ? told(value) : decimal(Number(value), Number(digits ?? 6));
  });
}

function decimal(value: number, digits: number): string {
  // Larger ones would be written with an exponent.
  if (!(Math.abs(value) < 1e21)) throw new Error('it is no number that can be told');
  return value.toFixed(digits);
}

/** @throws Error that says why it cannot be told */
function told(value: unknown): string {
  const words = printed(value);
  if (!words.ok) throw new Error(words.why);
  return words.text;
}
