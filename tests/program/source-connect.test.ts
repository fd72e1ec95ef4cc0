import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataDir } from '../support/data-dir.ts';
import { runInTerminal } from '../support/terminal.ts';

const SECRET = 'whsec_mC3xPzV7qLrT5nWb9KdYs2Hf';

test('at a terminal the secret is asked for unseen, the file gets the source once a person says yes, and Ctrl-C ends the wait', async () => {
  await using dir = await dataDir();
  const file = join(dir.path, 'tidings.yaml');
  writeFileSync(file, 'sources:\n  github: # code\n');
  await using session = runInTerminal(['connect', 'stripe'], dir.path, {
    PORT: '1',
    GITHUB_WEBHOOK_SECRET: 'g'.repeat(20),
  });
  await session.shows(/https:\/\/YOUR\.HOST\/webhooks\/stripe/);
  await session.answer(/The signing secret \(it does not show\)/, 'sk_live_oops');
  await session.shows(/This is no signing secret of Stripe's/);
  // What was wrong is taken away by the prompt itself.
  await session.answer(/signing secret/, SECRET);
  await session.shows(/Add it to \.\/tidings\.yaml\?/);
  session.press('enter');
  await session.shows(/added {2}stripe to \.\/tidings\.yaml/);
  await session.shows(/To cause one: .*\n[^]*No Tidings answers at/);
  session.press('ctrl-c');
  assert.equal(await session.ends(), 130);
  assert.equal(
    readFileSync(file, 'utf8'),
    'sources:\n  github: # code\n  stripe:\n    provider: stripe\n    secrets: "${STRIPE_WEBHOOK_SECRET}"\n',
  );
  assert.ok(!session.raw.includes(SECRET));
});
