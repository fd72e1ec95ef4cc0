import { FIRST_PAIR, tokensOf } from '../../src/inbox/search/tokens.ts';
import type { Measure } from '../measure.ts';
import { destinationOf, madeEvent, QUESTIONS } from '../search/questions.ts';
import { median } from '../stats.ts';
import type { BenchDatabase, PostgresScenario } from './scenario.ts';

const ASKED = 7;
const AT_ONCE = 5_000;

/** How long the dashboard's questions take, with as many events as `--stored` says. */
export const search: PostgresScenario = ({ stored, withDatabase }) =>
  withDatabase(async (database) => {
    await database.sql('DROP INDEX tidings.search_by_tokens');
    await database.sql(`SELECT setval('tidings.event_ids', ${stored})`);
    for (let id = 1; id <= stored; id += AT_ONCE) {
      await database.sql(fill(id));
      if (id % 1_000_000 === 1) process.stderr.write(`  ${id} …\n`);
    }
    await database.sql(`SET maintenance_work_mem = '512MB';
      CREATE INDEX search_by_tokens ON tidings.search USING gin (tokens) WITH (fastupdate = off)`);
    await database.sql('VACUUM (ANALYZE)');
    process.stderr.write('  asking\n');
    return [...(await sizes(database, stored)), ...(await ask(database))];
  });

function fill(from: number): string {
  const rows = Array.from({ length: AT_ONCE }, (_, index) => {
    const { searched, ...facts } = madeEvent();
    return {
      id: from + index,
      to: destinationOf(from + index),
      ...facts,
      tokens: tokensOf(facts, searched, FIRST_PAIR).join(' '),
    };
  });
  return `WITH given AS MATERIALIZED (
      SELECT * FROM json_to_recordset('${JSON.stringify(rows)}')
        AS x (id bigint, source text, type text, action text, repo text, state text, tokens text, "to" text)),
    came AS (INSERT INTO tidings.events (id, source, delivery_id, guid, type, origin, body_size, headers_size, segment_id, segment_offset,
                                         secret_no, received_at, stored_at)
      SELECT id, source, lpad(id::text, 9, '0'), '', type, 'webhook', 1, 1, 1, 0, 1, id, 0 FROM given),
    decided AS (INSERT INTO tidings.decisions (event_id, state, action, repo, body_digest, source)
      SELECT id, state, action, repo, int8send(id), source FROM given),
    told AS (INSERT INTO tidings.notifications (event_id, destination, rule, state, dedup_key, origin, is_replay)
      SELECT id, "to", 'news', 'sent', lpad(id::text, 9, '0'), 'webhook', false FROM given WHERE state = 'routed')
    INSERT INTO tidings.search (event_id, tokens) SELECT id, tidings.search_keys_1(string_to_array(tokens, ' '), id) FROM given`;
}

async function sizes({ number }: BenchDatabase, stored: number): Promise<Measure[]> {
  const bytes = await number("SELECT pg_total_relation_size('tidings.search') AS n");
  const all = await number('SELECT pg_database_size(current_database()) AS n');
  return [
    { name: 'search: disk an event', value: bytes / stored, unit: 'bytes' },
    { name: 'search: disk an event, all of it', value: all / stored, unit: 'bytes' },
  ];
}

async function ask(database: BenchDatabase): Promise<Measure[]> {
  const inbox = await database.open();
  const measures: Measure[] = [];
  for (const [name, filter] of Object.entries(QUESTIONS)) {
    const times: number[] = [];
    for (let n = 0; n < ASKED; n++) {
      const began = performance.now();
      await inbox.list({ ...filter, limit: 50 });
      times.push(performance.now() - began);
    }
    measures.push({ name: `search: ${name}`, value: median(times), unit: 'ms', bar: { atMost: 50 } });
  }
  return measures;
}
