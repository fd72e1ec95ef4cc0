import { readFileSync, writeFileSync } from 'node:fs';
import { fieldsFile } from './fields.ts';
import { schemaFile, withGenerated } from './reference.ts';

// node scripts/write-reference.ts
// Writes the tables of docs/configuration.md and docs/tidings.schema.json, after a key of tidings.yaml changed, and the fields
// that `--set` knows, after a payload was added.
const page = new URL('../docs/configuration.md', import.meta.url);
writeFileSync(page, withGenerated(readFileSync(page, 'utf8')));
writeFileSync(new URL('../docs/tidings.schema.json', import.meta.url), schemaFile());
writeFileSync(new URL('../src/sources/github/samples/fields.ts', import.meta.url), fieldsFile());
