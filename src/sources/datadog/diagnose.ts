import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Signer, secretFault, tokenIs, tokensOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { tokenIn } from './token.ts';

const SIGNER: Signer = {
  title: 'Datadog',
  variable: 'DATADOG_WEBHOOK_SECRET',
  where: 'at Datadog under Integrations → Webhooks → the webhook',
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the secrets. Never throws. */
export function diagnose(
  secrets: readonly Secret[],
  header: string | null,
  { headers }: SourceRequest,
  { cause }: Refused,
): string {
  const where = header ?? 'X-Webhook-Token or Authorization';
  switch (cause) {
    case 'unsigned':
      return `There is no header ${where}: the webhook at Datadog sends none (Custom Headers there, \`header:\` here), a proxy dropped it, or the sender is not Datadog.`;
    case 'malformed_signature':
      return 'Authorization is neither "Basic" with user:password in base64 nor "Bearer" with a token.';
    case 'stale':
      return 'Datadog signs no time.';
    case 'mismatch':
      return (
        secretFault(secrets, SIGNER, (bare) => {
          const token = tokenIn(headers, header);
          return typeof token === 'string' ? tokenIs(tokensOf(bare), token) : null;
        }) ?? `The secret differs from the one ${SIGNER.where} (Custom Headers, or user:password in the URL).`
      );
  }
}
