import type { Sent, Sign } from './sent.ts';

export interface Keyring {
  readonly secret: string;
  readonly other: string;
  /** In lower case. */
  readonly signatureHeader: string;
}

interface ChangeOf<N extends string> {
  readonly name: N;
  /** Of what is signed with a time alone. */
  readonly isOfTime: boolean;
  make(sign: Sign, keyring: Keyring): Sent | Promise<Sent>;
}

const SIX_MINUTES_MS = 360_000;
/** What a header ends with: hex, or base64. */
const SIGNATURE = /[\w+/]{27,}=*$/;

/** What may be wrong with a request, each by itself. */
export const CHANGES = [
  text('a letter changed', (all) => `${all.slice(0, all.length >> 1)}~${all.slice((all.length >> 1) + 1)}`),
  text('a letter more', (all) => `${all}~`),
  text('a letter less', (all) => all.slice(0, -1)),
  signature('unsigned', () => undefined),
  signature('with an empty signature', () => ''),
  signature('with a signature cut short', (value) => value.slice(0, -2)),
  signature('with a letter of its signature changed', (value) =>
    value.replace(/.(?=.{3}$)/, (letter) => (letter === '0' ? '1' : '0')),
  ),
  signature('with its signature in capitals', (value) => value.replace(SIGNATURE, (all) => all.toUpperCase())),
  change('signed with another secret', (sign, { other }) => sign({ secret: other, at: new Date() })),
  time('six minutes old', -SIX_MINUTES_MS),
  time('six minutes early', SIX_MINUTES_MS),
] as const;

export type Change = (typeof CHANGES)[number]['name'];

function change<const N extends string>(name: N, make: ChangeOf<N>['make'], isOfTime = false): ChangeOf<N> {
  return { name, isOfTime, make };
}

/** Of the body or, where there is none, of the query. */
function text<const N extends string>(name: N, edit: (all: string) => string): ChangeOf<N> {
  return change(name, async (sign, { secret }) => {
    const sent = await sign({ secret, at: new Date() });
    return sent.body === '' ? { ...sent, query: edit(sent.query) } : { ...sent, body: edit(sent.body) };
  });
}

function signature<const N extends string>(name: N, edit: (value: string) => string | undefined): ChangeOf<N> {
  return change(name, async (sign, { secret, signatureHeader }) => {
    const sent = await sign({ secret, at: new Date() });
    const { [signatureHeader]: value = '', ...headers } = sent.headers;
    const edited = edit(value);
    return { ...sent, headers: edited === undefined ? headers : { ...headers, [signatureHeader]: edited } };
  });
}

function time<const N extends string>(name: N, byMs: number): ChangeOf<N> {
  return change(name, (sign, { secret }) => sign({ secret, at: new Date(Date.now() + byMs) }), true);
}
