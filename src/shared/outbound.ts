/** What became of one outbound request. */
export type OutboundResult =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly text: string }
  /** It was never sent: name not resolved, connection refused. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** It may have arrived: timed out, or the connection broke before the answer. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface OutboundRequest {
  readonly method?: 'GET' | 'POST' | undefined;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Buffer | undefined;
  readonly timeoutMs: number;
  /** Bytes of the answer that are read. Default 64 KiB. */
  readonly answerLimit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const ANSWER_LIMIT = 64 * 1024;

/** Failures that happen before the first byte is sent (node and undici error codes). */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** One request out. Follows no redirects, reads at most `answerLimit`, never throws. */
export async function request(outbound: OutboundRequest): Promise<OutboundResult> {
  const timeout = AbortSignal.timeout(outbound.timeoutMs);
  const signal = outbound.signal ? AbortSignal.any([outbound.signal, timeout]) : timeout;
  try {
    const response = await fetch(outbound.url, {
      method: outbound.method ?? 'POST',
      redirect: 'manual',
      headers: outbound.headers ?? {},
      signal,
      ...(outbound.body === undefined ? {} : { body: new Uint8Array(Buffer.from(outbound.body)) }),
    });
    const text = await readText(response, outbound.answerLimit ?? ANSWER_LIMIT);
    return { kind: 'answered', status: response.status, headers: response.headers, text };
  } catch (error) {
    if (timeout.aborted) return { kind: 'lost', reason: `no answer within ${outbound.timeoutMs / 1000} s` };
    if (signal.aborted) return { kind: 'lost', reason: 'stopped before the answer came' };
    const code = errorCode(error);
    const reason = code ?? (error instanceof Error ? error.message : String(error));
    return { kind: code !== undefined && NEVER_SENT.has(code) ? 'unreachable' : 'lost', reason };
  }
}

/** `fetch` itself, for GitHub's client: the same call, so that this stays the one place that calls out. */
export const outboundFetch: typeof fetch = (input, init) => fetch(input, init);

async function readText(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, Math.min(size, limit));
}

function errorCode(error: unknown): string | undefined {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') return current.code;
  }
  return undefined;
}
