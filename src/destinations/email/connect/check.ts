import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import type { EmailSettings } from '../settings.ts';
import { recipientsIn } from '../shapes.ts';
import { outcomeOf } from '../smtp/answer.ts';
import { serverOf } from '../smtp/server.ts';
import { smtpSession } from '../smtp/session.ts';

const TIMEOUT_MS = 10_000;

/** Reaches the mail server and logs in, and sends nothing. A no is a failure; that it cannot be reached from here is a warning. */
export async function check(name: string, settings: EmailSettings, asking: Asking): Promise<readonly Finding[]> {
  const server = serverOf(settings.smtp_url, settings.tls);
  using session = smtpSession(server, TIMEOUT_MS);
  const answer = await session.knock(asking.signal);
  const what = `mail server of ${name}`;
  const count = settings.to.flatMap(recipientsIn).length;
  if (answer.kind === 'taken') {
    const login = server.login === null ? 'wants no login' : `lets ${server.login.user} in`;
    // Whether it takes mails for these addresses shows only when one is sent.
    return [ok(what, `${server.host} ${login}; ${count} to send to, nothing was sent`)];
  }
  const outcome = outcomeOf(answer);
  const problem = outcome.kind === 'sent' ? '' : outcome.reason;
  if (answer.kind === 'shut' || answer.kind === 'refused') {
    return [fail(what, problem, `Mend that, or connect anew: ${asking.invocation} connect email`)];
  }
  const wait =
    'Mails wait until the server can be reached. Check host and port, and the network of this machine: many hosts close port 25, some 465 and 587.';
  return [warn(what, problem, wait)];
}
