import type { Logger } from '../shared/log.ts';
import { type Asker, isPassedOn } from './access.ts';

export interface ForwardsDeps {
  /** PUBLIC_URL is set, or not. */
  readonly publicUrl: string | null;
  readonly loopbackOpen: boolean;
  readonly log: Pick<Logger, 'warn'>;
}

/** Watches whether loopback is still this machine alone. */
export interface Forwards {
  /** To be told of every request. The first that somebody passed on is said in the log. */
  notice(asker: Asker): void;
  /** Who may read, in words, as `/readyz` and `doctor` say them. */
  readonly words: () => string;
}

const HOST_SHOWN = 100;

/**
 * A forward that knows nothing of HTTP (`ssh -R`, `ngrok tcp`, nginx `stream`) connects from loopback and adds no header, so
 * that whoever reaches it may write `Host: localhost` and be taken for this machine. Honest requests give it away: theirs
 * names another host.
 */
export function watchForwards({ publicUrl, loopbackOpen, log }: ForwardsDeps): Forwards {
  const isOpen = loopbackOpen && publicUrl === null;
  let warning: string | null = null;
  return {
    notice({ remoteAddress, headers }) {
      if (!isOpen || warning !== null || !isPassedOn({ remoteAddress, headers })) return;
      const host = headers.host?.slice(0, HOST_SHOWN);
      warning = `requests for ${host} come in over loopback: something passes the world on to this machine, and who gets through it may read as this machine may. Set PUBLIC_URL, or LOOPBACK_OPEN=false`;
      log.warn(warning);
    },
    words: () => warning ?? whoMayRead(publicUrl, loopbackOpen),
  };
}

function whoMayRead(publicUrl: string | null, loopbackOpen: boolean): string {
  if (publicUrl !== null) return 'the admin token opens it, from everywhere (PUBLIC_URL is set)';
  if (!loopbackOpen) return 'the admin token opens it, from everywhere (LOOPBACK_OPEN=false)';
  return 'open to this machine; the admin token opens it from elsewhere';
}
