import type { Channel } from '../../model/plugin/channel.ts';
import { Secret } from '../../shared/secret.ts';
import type { EmailSettings } from './settings.ts';
import { mailboxIn, mailboxProblem, recipientsIn, recipientsProblem, serverProblem, VARIABLES } from './shapes.ts';

export const channel: Channel<EmailSettings> = {
  title: 'Email',
  can: { digest: 5, thread: 'conversation', card: null, edit: false, everybody: false, dedup: 'Message-ID' },
  words({ smtp_url: url, to, tls }) {
    const recipients = to.flatMap(recipientsIn);
    const whom = recipients.length === 1 ? recipients[0] : `${recipients.length} addresses`;
    const { protocol, hostname } = new URL(url.reveal());
    return `to ${whom} by ${hostname}${protocol === 'smtp:' && tls === 'none' ? ', not encrypted' : ''}`;
  },
  byDefault: {
    variable: VARIABLES.url,
    settings(env) {
      const url = env.text(VARIABLES.url);
      const from = env.text(VARIABLES.from);
      const to = env.text(VARIABLES.to);
      if (url === null) return null;
      const problems = [
        [VARIABLES.url, serverProblem(url)],
        [VARIABLES.from, from === null ? 'is missing: set whom the mails are from.' : mailboxProblem(from)],
        [VARIABLES.to, to === null ? 'is missing: set who gets the mails.' : recipientsProblem(to)],
      ] as const;
      for (const [variable, problem] of problems) if (problem !== undefined) env.tell(variable, problem);
      if (from === null || to === null || problems.some(([, problem]) => problem !== undefined)) return null;
      const settings = {
        smtp_url: new Secret(url),
        from,
        to: [to],
        tls: 'required',
        thread: true,
        per_minute: 30,
      } as const;
      return { settings, variables: { smtp_url: VARIABLES.url } };
    },
  },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings, clock }) {
    const [{ emailDestination }, { serverOf }] = await Promise.all([
      import('./email-destination.ts'),
      import('./smtp/server.ts'),
    ]);
    const from = mailboxIn(settings.from);
    if (from === null) throw new Error('The schema lets no other sender pass.');
    return emailDestination({
      name,
      server: serverOf(settings.smtp_url, settings.tls),
      from,
      to: settings.to.flatMap(recipientsIn),
      unsubscribe: settings.unsubscribe ?? null,
      isThreaded: settings.thread,
      perMinute: settings.per_minute,
      clock,
    });
  },
};
