import { readFileSync, writeFileSync } from 'node:fs';
import { fieldsFile } from './fields.ts';
import { httpBodyFile, openApiFile, PAGES, schemaFile, withGenerated } from './reference.ts';

// node scripts/write-reference.ts
// Writes the tables of docs/configuration.md, docs/rules.md and docs/destinations/README.md, docs/tidings.schema.json and
// docs/http-body.schema.json and docs/openapi.json, after a row of /api/v1, a key of tidings.yaml, a facet or what a destination can do changed, and the fields that `--set` knows, after a payload was added.
for (const name of PAGES) {
  const page = new URL(`../docs/${name}`, import.meta.url);
  writeFileSync(page, withGenerated(readFileSync(page, 'utf8')));
}
writeFileSync(new URL('../docs/tidings.schema.json', import.meta.url), schemaFile());
writeFileSync(new URL('../docs/http-body.schema.json', import.meta.url), httpBodyFile());
writeFileSync(new URL('../docs/openapi.json', import.meta.url), openApiFile());
writeFileSync(new URL('../src/sources/github/samples/fields.ts', import.meta.url), fieldsFile());
