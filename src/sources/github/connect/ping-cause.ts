import { ConnectError } from '../../../model/plugin/connect.ts';
import { tryWords } from '../hooks/hook-faults.ts';
import type { DeliveryTry } from '../hooks/webhooks.ts';

interface Receiver {
  readonly url: string;
  /** Where the secret here comes from: `from GITHUB_WEBHOOK_SECRET`. */
  readonly secretFrom: string;
  /** What makes GitHub take the settings of here: `tidings connect github acme/api --update`. */
  readonly update: string;
}

/** Why a delivery failed, by what the receiver answered: what happened, and what to do. */
export function causeOf(failed: DeliveryTry, answer: string, { url, secretFrom, update }: Receiver): string {
  const words = tryWords(failed);
  const { statusCode } = failed;
  if (!statusCode) return unanswered(words, url);
  const own = ownError(answer);
  switch (own?.code) {
    case 'signature_refused':
      return `The receiver at ${url} refused it (401): it knows another secret than the webhook has. Start it with the secret used here (${secretFrom}), or, on the machine where it runs: ${update}`;
    case 'unknown_source':
      return `The receiver at ${url} has no source of that name (404). Look at the end of the address: it is /webhooks/ and a source of its tidings.yaml.`;
    case undefined:
      break;
    default:
      return `The receiver at ${url} answered ${words}: ${own?.message}`;
  }
  if (statusCode >= 300 && statusCode < 400) {
    return `${url} answered ${words}, and GitHub follows no redirect: give the address that it leads to.`;
  }
  if (statusCode >= 500) {
    return `A proxy or tunnel at ${url} answered ${words}: it does not reach Tidings behind it. Is Tidings running, and does the proxy know its port?`;
  }
  return `Something at ${url} answered ${words}, and it was not Tidings. Does the address lead to this server?`;
}

/** GitHub's words: `failed to connect`, `timed out`, `SSL …`. */
function unanswered(words: string, url: string): string {
  const said = `GitHub got no answer from ${url}: ${words}.`;
  if (/ssl|tls|certificate/i.test(words)) return `${said} Its certificate must be valid for that name, with its chain.`;
  if (/timed? ?out/i.test(words))
    return `${said} GitHub waits 10 seconds. Is a firewall in between, or the server stopped?`;
  return `${said} Is Tidings running, the name right, and the port open to the Internet?`;
}

/** What this ends with: nobody there, or there and unwilling. */
export function pingError(failed: DeliveryTry, cause: string): ConnectError {
  const isUnreachable = !failed.statusCode || [502, 503, 504, 530].includes(failed.statusCode);
  return new ConnectError(isUnreachable ? 'unreachable' : 'failed', cause);
}

function ownError(answer: string): { readonly code: string; readonly message: string } | null {
  try {
    const { error } = JSON.parse(answer) as {
      readonly error?: { readonly code?: unknown; readonly message?: unknown };
    };
    const { code, message } = error ?? {};
    return typeof code === 'string' && typeof message === 'string' ? { code, message } : null;
  } catch {
    return null;
  }
}
