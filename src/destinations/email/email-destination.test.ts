import assert from 'node:assert/strict';
import { test } from 'node:test';
import tls from 'node:tls';
import {
  SMTP_PASSWORD,
  type SmtpDouble,
  type SmtpDoubleOptions,
  type SmtpPlan,
  startSmtpDouble,
} from '../../../tests/doubles/smtp-double.ts';
import {
  aMergedPullRequest,
  aNotification,
  anActivity,
  aStar,
  digest,
  single,
} from '../../../tests/fixtures/activities.ts';
import { CERTIFICATE } from '../../../tests/fixtures/localhost-certificate.ts';
import { conversationOf } from '../../jobs/compose.ts';
import type { Message, Outcome, Receipt, SendContext } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { type EmailOptions, emailDestination } from './email-destination.ts';
import { emailDestination as createEmail } from './library.ts';
import { mailboxIn, recipientsProblem } from './shapes.ts';
import { serverOf } from './smtp/server.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const FROM = { name: 'Tidings', address: 'tidings@acme.test' };

function make(
  smtp: SmtpDouble,
  more: Partial<EmailOptions> & { readonly url?: string; readonly isPlain?: boolean } = {},
) {
  const { url = smtp.url, isPlain = true, ...options } = more;
  const clock = { ...systemClock, now: () => NOW };
  const server = serverOf(new Secret(url), isPlain ? 'none' : 'required');
  const to = ['mona@acme.test'];
  const defaults = { name: 'team', server, from: FROM, to, unsubscribe: null, perMinute: 30, clock };
  const destination = emailDestination({ ...defaults, ...options });
  let earlier: Receipt | null = null;
  /** As the core does it: the receipt of one comes with the next. */
  const send = async (message: Message, context: Partial<SendContext> = {}): Promise<Outcome> => {
    const thread = conversationOf(message, destination);
    const signal = new AbortController().signal;
    const outcome = await destination.send(message, { signal, earlier, thread, ...context });
    if (outcome.kind === 'sent' && outcome.receipt) earlier = outcome.receipt;
    return outcome;
  };
  return { destination, send };
}

function reasonOf(outcome: Outcome): string {
  return 'reason' in outcome ? outcome.reason : '';
}

/** Whose certificates are trusted, until it is disposed of. */
function trusting(...more: readonly string[]): Disposable {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, ...more]);
  return { [Symbol.dispose]: () => tls.setDefaultCACertificates(before) };
}

const THREAD = { thread: 'acme/api#128' };

test('one conversation an issue: the same subject, and each mail refers to those before it', async () => {
  await using smtp = await startSmtpDouble();
  const { send } = make(smtp);
  const renamed = {
    noun: 'pull request',
    handle: '#128',
    title: 'Another title',
    url: 'https://github.com/acme/api/pull/128',
  };
  await send(single(aMergedPullRequest(THREAD)));
  await send({ kind: 'single', notification: aNotification(aMergedPullRequest({ ...THREAD, subject: renamed }), 2) });
  const [first, second] = smtp.mails.map(({ mail }) => mail);
  assert.equal(first?.subject, '[acme/api] Retry uploads with backoff and jitter (#128)');
  assert.equal(second?.subject, first?.subject);
  assert.match(second?.text ?? '', /Another title/);
  assert.match(first?.messageId ?? '', /^<ntf-1\.[0-9a-f]{16}@acme\.test>$/);
  assert.match(first?.inReplyTo ?? '', /^<thread-[0-9a-f]{16}@acme\.test>$/);
  assert.equal(first?.references, first?.inReplyTo);
  assert.equal(second?.inReplyTo, first?.messageId);
  assert.equal(second?.references, `${first?.references} ${first?.messageId}`);
  const header = (key: string) => first?.headers.find((each) => each.key === key)?.value;
  assert.equal(header('list-id'), 'acme/api <api.acme.acme.test>');
  assert.deepEqual([header('auto-submitted'), header('x-auto-response-suppress')], ['auto-generated', 'All']);
  assert.equal(header('list-unsubscribe'), '<mailto:tidings@acme.test?subject=Unsubscribe%20team>');
  assert.equal(first?.from?.name, 'hubot (Tidings)');
  assert.deepEqual(smtp.violations, []);
});

test('every try has the same Message-ID and date, a replay and a digest their own', async () => {
  await using smtp = await startSmtpDouble();
  const { send } = make(smtp);
  smtp.plan({ at: 'data', answer: 'drop' });
  assert.equal((await send(single(anActivity()))).kind, 'unknown');
  await send(single(anActivity()));
  await send({ kind: 'single', notification: { ...aNotification(anActivity(), 2), isReplay: true } });
  await send(digest([anActivity(), aStar('a')]));
  await send(digest([anActivity(), aStar('a'), aStar('b')]));
  const ids = smtp.mails.map(({ mail }) => mail.messageId);
  assert.equal(ids[0], ids[1]);
  assert.equal(smtp.mails[0]?.raw, smtp.mails[1]?.raw);
  assert.equal(new Set(ids).size, 4);
});

const ANSWERS: readonly (readonly [plan: SmtpPlan, kind: Outcome['kind'], says: RegExp])[] = [
  [{ at: 'connect', answer: '421 too many connections' }, 'retry', /asks to wait \(421 too many/],
  [{ at: 'connect', answer: '554 your address is listed' }, 'broken', /does not talk to this machine \(554 your/],
  [{ at: 'connect', answer: 'drop' }, 'retry', /cannot be reached/],
  [
    { at: 'auth', answer: '535 5.7.8 no' },
    'broken',
    /not let this user in \(535 5\.7\.8 no\): check user and password in smtp_url/,
  ],
  [{ at: 'auth', answer: '534 5.7.9 app password needed' }, 'broken', /app password/],
  [{ at: 'auth', answer: '454 4.7.0 later' }, 'retry', /asks to wait/],
  [{ at: 'mail', answer: '550 5.7.60 not yours' }, 'rejected', /sender was refused \(550 .*: set from/],
  [{ at: 'mail', answer: '530 5.7.0 log in first' }, 'broken', /check user and password/],
  [{ at: 'rcpt', answer: '451 4.7.1 greylisted' }, 'retry', /asks to wait \(451/],
  [
    { at: 'rcpt', answer: '550 5.1.1 nobody' },
    'rejected',
    /recipient was refused \(550 5\.1\.1 nobody\): check the address in to/,
  ],
  [{ at: 'rcpt', answer: 'drop' }, 'retry', /cannot be reached/],
  [{ at: 'data', answer: '421 4.3.2 going down' }, 'retry', /asks to wait \(421/],
  [{ at: 'data', answer: '451 4.3.0 later' }, 'retry', /asks to wait \(451/],
  [{ at: 'data', answer: '552 5.2.2 mailbox full' }, 'rejected', /mail was refused \(552 .*\); ask who runs/],
  [{ at: 'data', answer: '554 5.7.1 spam' }, 'rejected', /mail was refused \(554/],
  [{ at: 'data', answer: 'drop' }, 'unknown', /may have it/],
];
for (const [plan, kind, says] of ANSWERS) {
  test(`${plan.answer} at ${plan.at} is ${kind}`, async () => {
    await using smtp = await startSmtpDouble();
    const { send } = make(smtp);
    smtp.plan(plan);
    const outcome = await send(single(anActivity()));
    assert.equal(outcome.kind, kind, reasonOf(outcome));
    assert.match(reasonOf(outcome), says);
    assert.ok(!reasonOf(outcome).includes(SMTP_PASSWORD));
    assert.equal((await send(single(anActivity()))).kind, 'sent');
  });
}

test("Gmail's limit of a day is waited for", async () => {
  await using smtp = await startSmtpDouble();
  smtp.plan({ at: 'data', answer: '550 5.4.5 Daily user sending limit exceeded' });
  const outcome = await make(smtp).send(single(anActivity()));
  assert.deepEqual(outcome.kind === 'retry' && outcome.retryAfterMs, 3_600_000);
});

test('each recipient gets a mail of their own; who has it does not get it again, and one who cannot holds up nobody', async () => {
  await using smtp = await startSmtpDouble();
  const to = ['mona@acme.test', 'gone@acme.test', 'lena@acme.test', 'ada@acme.test'];
  const { send, destination } = make(smtp, { to });
  assert.equal(destination.intervalMs, 8_000);
  smtp.plan(
    { at: 'rcpt', to: 'gone@acme.test', answer: '550 5.1.1 nobody' },
    { at: 'rcpt', to: 'lena@acme.test', answer: '451 4.7.1 greylisted' },
  );
  assert.equal((await send(single(anActivity()))).kind, 'retry');
  const outcome = await send(single(anActivity()));
  assert.deepEqual(outcome, {
    kind: 'rejected',
    reason:
      'not taken for gone@acme.test (the other 3 have it): the recipient was refused (550 5.1.1 nobody): check the address in to',
  });
  const had = smtp.mails.map(({ mail }) => mail.to?.map(({ address }) => address).join());
  assert.deepEqual(had, ['mona@acme.test', 'ada@acme.test', 'lena@acme.test']);
  assert.equal(new Set(smtp.mails.map(({ mail }) => mail.messageId)).size, 1);
  assert.deepEqual(smtp.violations, []);
});

test('several mails go over one connection', async () => {
  await using smtp = await startSmtpDouble();
  const outcome = await make(smtp, { to: ['mona@acme.test', 'lena@acme.test'] }).send(single(anActivity()));
  assert.match(outcome.kind === 'sent' ? outcome.answer : '', /^250 .* \(2 mails\)$/);
  assert.equal(smtp.connections, 1);
});

test('a server that does not answer is given up; before the mail has left, nothing was told', async () => {
  await using smtp = await startSmtpDouble();
  const { send } = make(smtp, { timeoutMs: 300 });
  smtp.plan({ at: 'rcpt', answer: 'hang' });
  assert.deepEqual(await send(single(anActivity())), {
    kind: 'retry',
    reason: 'the mail server cannot be reached: no connection within 0.3 s',
  });
  smtp.plan({ at: 'data', answer: 'hang' });
  assert.deepEqual(await send(single(anActivity())), {
    kind: 'unknown',
    reason: 'the mail server may have it: no answer within 0.3 s',
  });
});

for (const kind of ['implicit', 'starttls'] as const) {
  test(`${kind} TLS: a certificate that is trusted is needed`, async () => {
    await using smtp = await startSmtpDouble({ tls: kind });
    const { send } = make(smtp, { isPlain: false });
    const strange = await send(single(anActivity()));
    assert.equal(strange.kind, 'retry');
    assert.match(reasonOf(strange), /self.signed certificate/);
    using _ = trusting(CERTIFICATE);
    assert.equal((await send(single(anActivity()))).kind, 'sent');
    assert.deepEqual(smtp.violations, []);
  });
}

test('nothing is said to a server without STARTTLS, unless it may be', async () => {
  await using smtp = await startSmtpDouble({ tls: 'none' });
  const outcome = await make(smtp, { isPlain: false }).send(single(anActivity()));
  assert.equal(outcome.kind, 'retry');
  assert.match(reasonOf(outcome), /cannot encrypt .*: use smtps:\/\/.*or set tls: none/);
  assert.equal(smtp.mails.length, 0);
  assert.equal((await make(smtp).send(single(anActivity()))).kind, 'sent');
});

test('a relay without a login takes mails', async () => {
  const options: SmtpDoubleOptions = { login: false };
  await using smtp = await startSmtpDouble(options);
  assert.equal((await make(smtp).send(single(anActivity()))).kind, 'sent');
});

const FORGERIES = [
  'a@b.test, c@d.test',
  'x\r\nBcc: evil@evil.test\r\n\r\nbody',
  '"<evil@evil.test>',
  'ceo@acme.test via <evil@evil.test>',
  '=?utf-8?Q?=0ABcc:_evil@evil.test?=',
  '\r\n.\r\nMAIL FROM:<evil@evil.test>',
  '; evil@evil.test:',
];
for (const text of FORGERIES) {
  test(`no text adds a recipient, a header or a command: ${JSON.stringify(text)}`, async () => {
    await using smtp = await startSmtpDouble();
    const { send } = make(smtp);
    const activity = anActivity({
      thread: text,
      excerpt: text,
      headline: text,
      actor: { login: text, url: null, avatarUrl: null, isBot: false },
      place: { name: text, url: null },
      subject: { noun: text, handle: text, title: text, url: 'https://github.com/acme/api/issues/1' },
    });
    const earlier = { id: text, subject: text };
    const notification = { ...aNotification(activity), mentions: [{ name: text, ids: {} }], rule: text };
    for (const given of [null, earlier]) {
      assert.equal((await send({ kind: 'single', notification }, { earlier: given })).kind, 'sent');
    }
    assert.equal((await send(digest([activity, activity]))).kind, 'sent');
    assert.deepEqual(smtp.violations, []);
    assert.equal(smtp.mails.length, 3);
    for (const { envelope, mail } of smtp.mails) {
      assert.deepEqual(envelope, { from: 'tidings@acme.test', to: ['mona@acme.test'] });
      assert.doesNotMatch(mail.from?.name ?? '', /[@<>,;]/);
      const known =
        /^(?:from|to|subject|message-id|date|mime-version|content-type|in-reply-to|references|list-id|list-unsubscribe|auto-submitted|x-auto-response-suppress)$/;
      assert.deepEqual(
        mail.headers.map(({ key }) => key).filter((key) => !known.test(key)),
        [],
      );
    }
  });
}

test('the library takes what tidings.yaml does, and says what is wrong', async () => {
  await using smtp = await startSmtpDouble();
  const options = { name: 'mail', smtpUrl: smtp.url, from: 'Tidings <tidings@acme.test>', to: 'mona@acme.test' };
  const mail = createEmail({ ...options, tls: 'none' });
  assert.deepEqual([mail.type, mail.intervalMs], ['email', 2_000]);
  const outcome = await mail.send(single(anActivity()), { signal: new AbortController().signal, earlier: null });
  assert.equal(outcome.kind, 'sent');
  assert.throws(() => createEmail({ ...options, from: 'a@b, c@d' }), /emailDestination: from must be one address/);
  assert.throws(
    () => createEmail({ ...options, smtpUrl: 'https://x.test' }),
    /smtpUrl is not the address of a mail server/,
  );
});

test('an address is one address, whatever stands around it', () => {
  assert.deepEqual(mailboxIn('"Tidings, all of it" <t@acme.test>'), {
    name: 'Tidings, all of it',
    address: 't@acme.test',
  });
  for (const wrong of [
    '',
    'acme',
    'a@b@c',
    'a@b, c@d',
    'a@b\r\nBcc: c@d',
    'A <a@b> <c@d>',
    '<a@b',
    'a b@c',
    `${'a'.repeat(65)}@b`,
  ]) {
    assert.equal(mailboxIn(wrong), null, wrong);
  }
  assert.equal(recipientsProblem('a@b.test, Mona <c@d.test>'), undefined);
  assert.match(recipientsProblem('a@b.test,') ?? '', /must be an address/);
});
