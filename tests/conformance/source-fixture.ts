import type { GoldenPayload } from '../golden/entry.ts';

/**
 * What the conformance suite knows of a provider, in tests/fixtures/sources/<name>.ts: how it signs, by an implementation that
 * asks nothing of src/, and requests with what must become of them.
 */
export interface SourceFixture {
  /** Of the shape that the provider issues. */
  readonly secret: string;
  /** Another one, where not any text can be one. */
  readonly other?: string;
  /** What its source is set to, where it has to be set to something. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The body of its nth event, byte for byte, and what it is called by. */
  event(no: number): { readonly body: Buffer; readonly type: string; readonly deliveryId: string };
  /** What the provider sends with the nth event, signed at that time; some sign the address. */
  headers(body: Buffer, secret: string, seconds: number, no: number, url?: string): Record<string, string>;
  /** How far the signed time may be from now, in both directions. Null: no time is signed. */
  readonly toleranceSeconds: number | null;
  /** False: it proves who sends alone, by a token. */
  readonly isBodySigned?: false;
  /** The address is signed. */
  readonly signsUrl?: true;
  /** The body of the answer to a stored event, where it is not ours. */
  readonly answer: string | null;
  readonly cases: readonly SourceCase[];
  /** What no signature covers in its requests. Without it: the type of the content alone. */
  readonly spared?: readonly Spared[];
  /** Other ways to prove who sends, each by a request that is right. */
  readonly schemes?: readonly Scheme[];
  /** What tests/golden/<name>/ tells, in its order. `samples`: the first of each name. */
  payloads(samples: readonly GoldenPayload[]): readonly GoldenPayload[];
  /** The provider's own hosts: what people write may stand on a link to them. */
  readonly home: RegExp;
}

/** A request in the form of published vectors (src/run/verify/filed-request.ts), with what must become of it. */
export interface SourceCase {
  readonly name: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
  readonly method?: string;
  readonly secrets?: readonly string[];
  /** In seconds. */
  readonly now?: number;
  /** A verdict; of a request that is rejected, its cause. */
  readonly expect: 'accept' | 'handshake' | { readonly cause: string; readonly status?: number };
  /** As the provider called it. Without it: `/webhooks/<name>`. */
  readonly url?: string;
  /** The status of the answer to what is accepted. Without it: 200. */
  readonly status?: number;
  /** The body of the answer. */
  readonly answer?: string;
  readonly type?: string;
}

/** Where a changed bit may leave a request right. Every other change of one is refused. */
export interface Spared {
  /** `body`, `url`, `key`, or the name of a header. */
  readonly in: string;
  /** Of which changes that is so. Without it: of any. */
  readonly when?: (changed: string, was: string) => boolean;
  readonly why: string;
}

export const UNBOUND: Spared = { in: 'body', why: 'a token says who sends, not what' };

/** https://www.rfc-editor.org/rfc/rfc9110#section-11.1 */
export const SCHEME_CASE: Spared = {
  in: 'authorization',
  when: (changed, was) => withoutCase(changed) === withoutCase(was),
  why: 'the names of schemes have no case: basic is Basic',
};

function withoutCase(authorization: string): string {
  return authorization.replace(/^\w+/, (scheme) => scheme.toLowerCase());
}

/** One way to prove who sends. */
export interface Scheme {
  /** Behind the provider's name: `, a token`. */
  readonly title?: string;
  /** What its sender proves itself by. */
  readonly secret: string;
  /** What is configured here, where it is another one: the public key to it. */
  readonly configured?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  request(secret: string): Pick<SourceCase, 'headers' | 'body' | 'method' | 'url'>;
  /** The address is signed. */
  readonly signsUrl?: true;
  readonly spared?: readonly Spared[];
}

/** When the fixtures' requests are sent, in seconds since 1970. */
export const NOW = 1_767_225_600;
