import type { Channel } from '../../model/plugin/channel.ts';
import { Secret } from '../../shared/secret.ts';
import type { EmailSettings } from './settings.ts';
import { mailboxIn, mailboxProblem, recipientsIn, recipientsProblem, serverProblem, VARIABLES } from './shapes.ts';

export const channel: Channel<EmailSettings> = {
  title: 'Email',
  words({ smtp_url: url, to, tls }) {
    const recipients = to.flatMap(recipientsIn);
    const whom = recipients.length === 1 ? recipients[0] : `${recipients.length} addresses`;
    const { protocol, hostname } = new URL(url.reveal());
    return `to ${whom} by ${hostname}${protocol === 'smtp:' && tls === 'none' ? ', not encrypted' : ''}`;
  },
  byDefault: {
    variable: VARIABLES.url,
    settings(env) {
      const read = (variable: string, problemOf: (text: string) => string | undefined) => {
        const text = env.text(variable);
        const problem = text === null ? undefined : problemOf(text);
        if (problem !== undefined) env.tell(variable, problem);
        return problem === undefined ? text : null;
      };
      const url = read(VARIABLES.url, serverProblem);
      if (url === null) return null;
      const from = read(VARIABLES.from, mailboxProblem);
      const to = read(VARIABLES.to, recipientsProblem);
      if (from === null && env.text(VARIABLES.from) === null)
        env.tell(VARIABLES.from, 'is missing: whom mails are from.');
      if (to === null && env.text(VARIABLES.to) === null) env.tell(VARIABLES.to, 'is missing: who gets the mails.');
      if (from === null || to === null) return null;
      const settings = { smtp_url: new Secret(url), from, to: [to], tls: 'required', per_minute: 30 } as const;
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
      perMinute: settings.per_minute,
      clock,
    });
  },
};
