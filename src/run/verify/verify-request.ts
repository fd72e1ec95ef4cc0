import type { Answer } from '../../accept/answers.ts';
import type { Inbound } from '../../accept/inbound.ts';
import { createReception } from '../../accept/reception.ts';
import type { RefusalLog } from '../../accept/refusal-log.ts';
import { PREFIX } from '../../accept/webhook-path.ts';
import type { NewEvent } from '../../model/event.ts';
import type { Intake } from '../../model/inbox/intake.ts';
import type { Source } from '../../model/source.ts';
import { UNCOUNTED } from '../../model/telemetry.ts';
import { createLog } from '../../shared/log.ts';
import type { FiledRequest } from './filed-request.ts';

/** What accept does with a request, and what it would answer. */
export interface RequestVerdict {
  readonly verdict: 'accept' | 'handshake' | 'reject';
  /** Null: it was not refused. */
  readonly cause: string | null;
  /** The likely cause in words, for a person. */
  readonly why: string | null;
  /** Null: nothing would be stored. */
  readonly deliveryId: string | null;
  readonly type: string | null;
  readonly status: number;
  /** Of the answer, in lower case, without its length. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const SILENT = createLog('silent');
const LIMITS = { maxBodyBytes: 25 * 1024 * 1024, maxInFlightBytes: 50 * 1024 * 1024 };

/** What accept told others about the request in hand. */
interface Heard {
  stored: NewEvent | null;
  refused: { readonly cause: string; readonly why: string } | null;
}

/**
 * Sends a request through accept, at the time `now` (ms since 1970), with an inbox that forgets. Null: no source has its address.
 * `publicUrl`: of a request that says its path alone.
 */
export async function verifyRequest(
  source: Source | null,
  request: FiledRequest,
  now: number,
  publicUrl: string | null = null,
): Promise<RequestVerdict> {
  const heard: Heard = { stored: null, refused: null };
  const reception = createReception({
    sources: new Map(source ? [[source.name, source]] : []),
    intake: intakeOf(heard),
    telemetry: UNCOUNTED,
    clock: { now: () => now, monotonic: () => 0, after: () => () => {} },
    log: SILENT,
    limits: LIMITS,
    refusalLog: refusalLogOf(heard, judgedAt(request, now)),
  });
  const answer = await reception.receive(inboundOf(request, PREFIX + (source?.name ?? request.provider), publicUrl));
  if (answer === null) throw new Error('a request that is whole was taken for one that broke off');
  return verdictOf(answer, heard);
}

function intakeOf(heard: Heard): Intake {
  return {
    async append(event) {
      heard.stored = event;
      return { status: 'accepted', id: 1 };
    },
  };
}

function judgedAt({ now: said }: FiledRequest, now: number): string {
  const by = said === null ? 'by the clock here, for it does not say "now"' : 'as its "now" says';
  return `It was judged at ${new Date(now).toISOString()}, ${by}.`;
}

function refusalLogOf(heard: Heard, judged: string): RefusalLog {
  return {
    refused(_source, cause, _inbound, explain) {
      heard.refused = { cause, why: cause === 'stale' ? `${explain()} ${judged}` : explain() };
    },
    failed(_source, cause, _inbound, error, message) {
      heard.refused = { cause, why: `${message}: ${String(error)}` };
    },
  };
}

function verdictOf(answered: Answer, { stored, refused }: Heard): RequestVerdict {
  const { status, result, body } = answered;
  const kept = { deliveryId: stored?.deliveryId ?? null, type: stored?.type ?? null };
  const answer = { ...kept, status, headers: headersOf(answered), body };
  if (result === 'accepted') return { verdict: 'accept', cause: null, why: null, ...answer };
  if (result === 'handshake') return { verdict: 'handshake', cause: null, why: null, ...answer };
  return { verdict: 'reject', cause: refused?.cause ?? result, why: refused?.why ?? messageIn(body), ...answer };
}

function headersOf({ headers }: Answer): Readonly<Record<string, string>> {
  const all: Record<string, string> = {};
  for (let i = 0; i < headers.length; i += 2) all[(headers[i] ?? '').toLowerCase()] = headers[i + 1] ?? '';
  const { 'content-length': _, ...told } = all;
  return told;
}

/** What the sender is told where the log says nothing. */
function messageIn(body: string): string | null {
  const { error } = JSON.parse(body) as { readonly error?: { readonly message?: string } };
  return error?.message ?? null;
}

/** Of these node:http keeps the first, that can come here: https://nodejs.org/api/http.html#messageheaders */
const ONCE = new Set(['authorization', 'content-length', 'content-type', 'from', 'host', 'referer', 'user-agent']);

/** As node:http would hand it over: whole, with values of one name joined. */
function inboundOf({ method, url, headers, body }: FiledRequest, path: string, publicUrl: string | null): Inbound {
  const called = url ?? path;
  return {
    method,
    url: path,
    calledUrl: called.startsWith('/') ? (publicUrl ?? '') + called : called,
    headers: Object.fromEntries(
      [...headers].map(([name, values]) => [name, ONCE.has(name) ? values[0] : values.join(', ')]),
    ),
    from: undefined,
    declared: body.length,
    isFramed: false,
    repeated: (names) => names.find((header) => (headers.get(header)?.length ?? 0) > 1) ?? null,
    read: async (sink) => (body.length === 0 ? 'whole' : (sink.add(body) ?? 'whole')),
  };
}
