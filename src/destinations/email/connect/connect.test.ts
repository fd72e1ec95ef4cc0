import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import tls from 'node:tls';
import { SMTP_PASSWORD, startSmtpDouble } from '../../../../tests/doubles/smtp-double.ts';
import { CERTIFICATE } from '../../../../tests/fixtures/localhost-certificate.ts';
import { dataDir } from '../../../../tests/support/data-dir.ts';
import { inProcess } from '../../../../tests/support/in-process.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { check } from './check.ts';

function trusting(certificate: string): Disposable {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, certificate]);
  return { [Symbol.dispose]: () => tls.setDefaultCACertificates(before) };
}

test('a mail server is logged in to, proved with a hello to each, and kept', async () => {
  using _ = trusting(CERTIFICATE);
  await using dir = await dataDir();
  await using smtp = await startSmtpDouble({ tls: 'implicit' });
  const env = { EMAIL_SMTP_URL: smtp.url, EMAIL_FROM: 'Tidings <tidings@acme.test>' };
  const typed = ['connect', 'email', '--to', 'mona@acme.test, lena@acme.test'];
  const dry = await inProcess([...typed, '--dry-run'], dir.path, env);
  assert.match(
    dry.stderr,
    /Sends one hello to mona@acme\.test, lena@acme\.test by localhost.*\nDry run: nothing was sent or written/,
  );
  assert.deepEqual([smtp.mails.length, existsSync(join(dir.path, '.env'))], [0, false]);
  const { code, stderr } = await inProcess(typed, dir.path, env);
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    smtp.mails.map(({ mail, envelope }) => [mail.subject, ...envelope.to]),
    [
      ['👋 Tidings is connected', 'mona@acme.test'],
      ['👋 Tidings is connected', 'lena@acme.test'],
    ],
  );
  const kept = readFileSync(join(dir.path, '.env'), 'utf8');
  assert.match(kept, /^EMAIL_SMTP_URL=.*smtps:/m);
  assert.match(kept, /^EMAIL_FROM=.*Tidings <tidings@acme\.test>/m);
  assert.match(kept, /^EMAIL_TO=.*mona@acme\.test, lena@acme\.test/m);
  assert.ok(!(stderr + dry.stderr).includes(SMTP_PASSWORD));
  assert.deepEqual(smtp.violations, []);
});

test('what the server refuses is not kept, and nobody who cannot be asked is', async () => {
  using _ = trusting(CERTIFICATE);
  await using dir = await dataDir();
  await using smtp = await startSmtpDouble({ tls: 'implicit' });
  const typed = ['connect', 'email', '--from', 'tidings@acme.test', '--to', 'mona@acme.test'];
  const wrong = new URL(smtp.url);
  wrong.password = 'another';
  const refused = await inProcess(typed, dir.path, { EMAIL_SMTP_URL: wrong.href });
  assert.match(
    refused.stderr,
    /Not connected, nothing was written: the mail server does not let this user in \(535 .*app password/,
  );
  const unset = await inProcess(typed, dir.path, {});
  assert.match(unset.stderr, /pipe in smtps:\/\/USER:PASSWORD@HOST, or set EMAIL_SMTP_URL/);
  const bad = await inProcess(typed, dir.path, { EMAIL_SMTP_URL: 'smtps://mona:x/y@localhost' });
  assert.match(bad.stderr, /EMAIL_SMTP_URL is not the address of a mail server/);
  const many = await inProcess(['connect', 'email', '--from', 'a@b.test, c@d.test'], dir.path, {
    EMAIL_SMTP_URL: smtp.url,
  });
  assert.match(many.stderr, /--from must be one address/);
  assert.equal(existsSync(join(dir.path, '.env')), false);
});

async function finding(url: string) {
  const settings = {
    smtp_url: new Secret(url),
    from: 'tidings@acme.test',
    to: ['mona@acme.test, lena@acme.test'],
    tls: 'none',
    thread: true,
    per_minute: 30,
  } as const;
  const signal = new AbortController().signal;
  const asking = { signal, clock: systemClock, version: '0.0.0', env: {}, invocation: 'tidings' };
  const [found] = await check('team', settings, asking);
  assert.ok(!JSON.stringify(found).includes(SMTP_PASSWORD));
  return found;
}

test('doctor logs in and sends nothing; a wrong password is a failure, a server that is away a warning', async () => {
  await using smtp = await startSmtpDouble();
  const good = await finding(smtp.url);
  assert.deepEqual(
    [good?.status, good?.detail],
    ['ok', 'localhost lets tidings@acme.test in; 2 to send to, nothing was sent'],
  );
  const wrong = new URL(smtp.url);
  wrong.password = 'another';
  const bad = await finding(wrong.href);
  assert.deepEqual([bad?.status, bad?.fix], ['fail', 'Mend that, or connect anew: tidings connect email']);
  const away = await finding('smtp://127.0.0.1:1');
  assert.equal(away?.status, 'warn');
  assert.equal(smtp.mails.length, 0);
});
