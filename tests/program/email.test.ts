import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SMTP_PASSWORD, startSmtpDouble } from '../doubles/smtp-double.ts';
import { configure, dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { serverInProcess } from '../support/in-process.ts';
import { sampleDelivery } from '../support/payloads.ts';

test('news about one pull request is one conversation, also after a restart', async () => {
  await using dir = await dataDir();
  await using smtp = await startSmtpDouble();
  const mail = { type: 'email', smtp_url: smtp.url, tls: 'none', per_minute: 0 };
  await configure(dir.path, {
    destinations: { mail: { ...mail, from: 'Tidings <tidings@acme.test>', to: 'mona@acme.test' } },
    rules: [{ on: 'pull_request' }],
  });
  await using inbox = await openInbox(dir.path);
  for (const name of ['pull_request.opened', 'pull_request.merged']) {
    await using server = await serverInProcess('start', dir.path);
    assert.equal((await deliver(server.url, sampleDelivery(name, 5))).status, 200);
    await drained(inbox);
    assert.ok(!(server.output.stdout + server.output.stderr).includes(SMTP_PASSWORD));
  }
  const [opened, merged] = smtp.mails.map((each) => each.mail);
  assert.equal(merged?.inReplyTo, opened?.messageId);
  assert.equal(merged?.subject, opened?.subject);
  assert.deepEqual([smtp.mails.length, smtp.violations], [2, []]);
  assert.ok(!JSON.stringify(await records(inbox)).includes(SMTP_PASSWORD));
});
