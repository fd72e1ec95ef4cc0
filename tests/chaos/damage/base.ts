import assert from 'node:assert/strict';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import type { NewEvent } from '../../../src/model/event.ts';
import type { EventRecord } from '../../../src/model/inbox/records.ts';
import type { Inbox } from '../../../src/model/inbox.ts';
import { startEndpointDouble } from '../../doubles/endpoint-double.ts';
import { newEvent } from '../../fixtures/stored.ts';
import { configure, dataDir, drained, openInbox, records } from '../../support/data-dir.ts';
import { serverInProcess } from '../../support/in-process.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { issueOpened } from '../../support/payloads.ts';

export const DESTINATION = 'audit';
export const FILES = ['tidings.db', 'tidings.db-wal'] as const;

/** A database with events in all states, as it is while Tidings runs: the newest of it in the log. */
export interface Base extends AsyncDisposable {
  readonly folder: string;
  readonly records: readonly EventRecord[];
}

export function configureIn(folder: string, url: string): Promise<void> {
  return configure(folder, {
    destinations: { [DESTINATION]: { type: 'http', url } },
    rules: [{ on: { issues: ['opened'] }, to: [DESTINATION] }],
  });
}

/** Texts of their own, so that most of the file is bodies. */
function issue(n: number, random: () => number, fields: Partial<NewEvent> = {}): NewEvent {
  const noise = Array.from({ length: 150 }, () => Math.floor(random() * 2 ** 32).toString(36)).join(' ');
  const { body, type } = issueOpened(n, `Issue ${n} ${noise.slice(0, 60)}`);
  const guid = `${n}-${noise.slice(-24).replaceAll(' ', '-')}`;
  const padded = Buffer.from(JSON.stringify({ ...JSON.parse(body.toString('utf8')), noise }));
  return newEvent({ guid, deliveryId: guid, type, body: padded, receivedAt: Date.now(), ...fields });
}

/** `told`: so many are told; of the others there are fewer. */
export async function makeBase(told: number, random: () => number): Promise<Base> {
  const dir = await dataDir();
  const folder = join(dir.path, 'base');
  const work = join(dir.path, 'work');
  await Promise.all([mkdir(folder), mkdir(work)]);
  await using inbox = await openInbox(work);
  await using endpoint = await startEndpointDouble();
  let n = 0;
  const append = (count: number, fields?: Partial<NewEvent>) =>
    appendSome(inbox, count, () => issue(++n, random, fields));

  endpoint.plan(...Array.from({ length: 20 }, () => ({ status: 400, text: 'no' })));
  await append(20);
  await append(told);
  await append(20, { source: 'gone' });
  await append(told / 10, { type: 'ping' });
  const again = issue(++n, random);
  await appendSome(inbox, 10, () => ({ ...again, ...idsOf(issue(++n, random)) }));
  await settled(inbox, work, endpoint.url);
  foldLog(join(work, FILES[0]));
  await append(60);
  await settledUntold(inbox, work);
  await append(40);

  for (const name of FILES) await copyFile(join(work, name), join(folder, name));
  return { folder, records: await records(inbox), [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose]() };
}

/** What is stored until now lies in the file itself. */
function foldLog(path: string): void {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

const idsOf = ({ guid, deliveryId }: NewEvent) => ({ guid, deliveryId });

/** In commits of various sizes. */
async function appendSome(inbox: Inbox, count: number, make: () => NewEvent): Promise<void> {
  for (let left = count, size = 1; left > 0; left -= size, size = (size * 3) % 61) {
    await Promise.all(Array.from({ length: Math.min(size, left) }, () => inbox.append(make())));
  }
}

async function settled(inbox: Inbox, folder: string, url: string): Promise<void> {
  await configureIn(folder, url);
  await using _worker = await serverInProcess('start', folder);
  await drained(inbox);
}

/** Decided, and nobody takes it. */
async function settledUntold(inbox: Inbox, folder: string): Promise<void> {
  await configureIn(folder, 'http://127.0.0.1:9/');
  await using _worker = await serverInProcess('start', folder);
  for (const deadline = Date.now() + PATIENCE_MS; ; await setTimeout(20)) {
    const expand = (await inbox.depths()).find(({ lane }) => lane === 'expand');
    if (expand?.depth === 0) return;
    assert.ok(Date.now() < deadline, `${expand?.depth} are still to be decided`);
  }
}
