import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { heldToSchema } from '../support/held-to-schema.ts';
import { begin } from '../support/in-process.ts';
import { freePort, SECRET } from '../support/tidings-process.ts';
import { blocks, read } from './documents.ts';

const TOKEN = 'a-token-for-the-examples-of-the-page';

interface Example {
  readonly line: string;
  readonly method: string;
  /** Below /api/v1. */
  readonly path: string;
  readonly body: string | null;
  readonly isStream: boolean;
}

/** What the page says to type to curl, as curl reads it. */
function examples(): readonly Example[] {
  return blocks(read('docs/api.md'), ['sh'])
    .flatMap((block) => block.split('\n'))
    .filter((line) => line.startsWith('curl '))
    .map((line) => {
      const body = / -d '([^']*)'/.exec(line)?.[1] ?? null;
      const method = / -X (\w+)/.exec(line)?.[1] ?? (body === null ? 'GET' : 'POST');
      const path = / "\$API(\/[^"]*)"$/.exec(line)?.[1];
      assert.ok(path !== undefined && line.includes('-H "Authorization: Bearer $TOKEN"'), line);
      return { line, method, path, body, isStream: line.includes(' -N ') };
    });
}

test('what the page of the API says to type is answered as the description says', async () => {
  await using dir = await dataDir();
  await configure(dir.path, {
    destinations: { team: { type: 'console' } },
    rules: [{ name: 'all', on: ['push'], to: 'team' }],
  });
  const PORT = String(await freePort());
  const env = { PORT, DATA_DIR: dir.path, GITHUB_WEBHOOK_SECRET: SECRET, ADMIN_TOKEN: TOKEN, LOOPBACK_OPEN: 'false' };
  const server = begin(['start'], { cwd: dir.path, env });
  await using _stop = { [Symbol.asyncDispose]: async () => void (await server.stop()) };
  await server.printed(/^Tidings \S+ · node/m);
  const url = `http://127.0.0.1:${PORT}`;
  await deliver(url, delivery('ping', {}));
  await using inbox = await openInbox(dir.path);
  await drained(inbox);

  const all = examples();
  assert.ok(all.length > 15);
  assert.equal((await fetch(`${url}/api/v1/status`)).status, 401, 'the token is needed');
  for (const { line, method, path, body, isStream } of all) {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body !== null && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(body !== null && { body }),
    });
    const contentType = response.headers.get('content-type');
    if (isStream) {
      assert.equal(response.status, 200, line);
      await response.body?.cancel();
      continue;
    }
    const text = await response.text();
    heldToSchema(method, path, { status: response.status, contentType, text });
    assert.ok(response.ok, `${line}: ${text}`);
  }
});
