/** JetStream's own error (https://github.com/nats-io/nats-server/blob/main/server/errors.json). */
export interface Refused {
  readonly kind: 'refused';
  /** As in HTTP. */
  readonly status: number;
  readonly code: number;
  readonly words: string;
}

/** What is told of a request is named as what caused it. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return error.name === 'RequestError' && error.cause instanceof Error ? error.cause.name : error.name;
}

export function refusedOf(error: unknown): Refused | null {
  if (nameOf(error) !== 'JetStreamApiError') return null;
  const { code, status, message } = error as Readonly<Record<string, unknown>>;
  return { kind: 'refused', status: Number(status), code: Number(code), words: String(message) };
}
