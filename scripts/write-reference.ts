import { readFileSync, writeFileSync } from 'node:fs';
import { fieldsFile } from './fields.ts';
import { httpBodyFile, schemaFile, withGenerated } from './reference.ts';

// node scripts/write-reference.ts
// Writes the tables of docs/configuration.md and docs/rules.md, docs/tidings.schema.json and docs/http-body.schema.json, after a
// key of tidings.yaml or a facet changed, and the fields that `--set` knows, after a payload was added.
for (const name of ['configuration.md', 'rules.md']) {
  const page = new URL(`../docs/${name}`, import.meta.url);
  writeFileSync(page, withGenerated(readFileSync(page, 'utf8')));
}
writeFileSync(new URL('../docs/tidings.schema.json', import.meta.url), schemaFile());
writeFileSync(new URL('../docs/http-body.schema.json', import.meta.url), httpBodyFile());
writeFileSync(new URL('../src/sources/github/samples/fields.ts', import.meta.url), fieldsFile());
