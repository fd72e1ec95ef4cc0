import * as z from 'zod/mini';
import { filled, namedAtLeastOne, numberWithin, secret, shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { timeoutKey } from '../common-keys.ts';
import { checkColumns } from './check-columns.ts';
import { addressProblem, NAME, nameProblem, TABLE, tableProblem } from './shapes.ts';

export const SCHEMA: Schema = {
  text: 'a row for each activity, in a table of yours.',
  keys: {
    url: {
      value: z.pipe(shaped(addressProblem, '^(?:(?:postgres(?:ql)?|mysql|mariadb)://|sqlite:)'), secret),
      without: 'needed',
      text: 'The database: `postgres://user:password@host/database`, `mysql://…` (needs `npm install mysql2`), or `sqlite:` and the path of a file.',
      hint: 'give the address of a database, as in "${SQL_URL}".',
      secret: 'value',
    },
    table: {
      value: z._default(shaped(tableProblem, TABLE), 'activities'),
      without: '`activities`',
      text: 'The table, or `schema.table`, spelt as the database has it.',
    },
    key: {
      value: z._default(shaped(nameProblem, NAME), 'id'),
      without: '`id`',
      text: 'The column that is unique, and by which a row that is there already is known.',
    },
    columns: {
      value: z.optional(namedAtLeastOne(filled, 'the usual columns')),
      without: 'those of `npx tidings connect sql`',
      entries: 'plain',
      text: 'Column → what it says, in [CEL](destinations/sql.md#columns) over `activity` and `notification`. What is missing is NULL.',
    },
    concurrency: {
      value: z._default(numberWithin(1, 16, ' rows at once', 'whole'), 4),
      without: '`4`',
      text: 'Rows on their way at once, each on a connection of its own, up to 16. With more than 1, the order is lost.',
    },
    timeout_ms: timeoutKey('an answer'),
  },
  variables: {
    SQL_URL: { without: null, text: 'The database that `npx tidings connect sql` took.' },
  },
  check: checkColumns,
};
