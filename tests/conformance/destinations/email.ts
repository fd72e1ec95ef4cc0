import { channel } from '../../../src/destinations/email/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { SMTP_PASSWORD, startSmtpDouble } from '../../doubles/smtp-double.ts';
import { harmInMail, readableMail } from '../../doubles/smtp-rules.ts';
import { OPENING } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { email: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const smtp = await startSmtpDouble();
  const settings = {
    smtp_url: new Secret(smtp.url),
    from: 'Tidings <tidings@acme.test>',
    to: ['mona@acme.test'],
    tls: 'none',
    thread: true,
    per_minute: 0,
  } as const;
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [SMTP_PASSWORD, smtp.url, encodeURIComponent(SMTP_PASSWORD)],
    shown: () => smtp.mails.map(readableMail),
    tries: () => smtp.mails.map(({ raw, mail }) => ({ key: mail.messageId ?? '', told: raw })),
    violations: () => smtp.violations,
    harm: () => smtp.mails.flatMap(harmInMail),
    threads: () => smtp.mails.map(({ mail }) => mail.references?.split(/\s+/)[0] ?? null),
    endings: {
      failing: () => smtp.plan({ at: 'data', answer: '451 4.3.0 try later' }),
      lost: () => smtp.plan({ at: 'data', answer: 'drop' }),
      stuck: () => smtp.plan({ at: 'data', answer: 'hang' }),
      // It repeats what it was told, as some do.
      final: () => smtp.plan({ at: 'rcpt', answer: `550 5.1.1 no such mailbox, ${SMTP_PASSWORD}` }),
      broken: () => smtp.plan({ at: 'auth', answer: `535 5.7.8 Username and Password not accepted, ${SMTP_PASSWORD}` }),
    },
    lacks: {
      busy: 'SMTP has no way to say when',
      sameBytes: 'not every mailbox drops a Message-ID that it has, so a repetition that is kept says so',
    },
    reached: (count) => smtp.waitFor(count),
    close: () => smtp.close(),
    [Symbol.asyncDispose]: () => smtp.close(),
  };
}
