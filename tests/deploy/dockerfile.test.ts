import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validate } from 'dockerfile-utils';
import { AGREED, deployFile } from './deploy-file.ts';
import { readStages } from './dockerfile.ts';

const text = deployFile('Dockerfile');
const stages = readStages(text);
const image = stages.at(-1);
assert.ok(image);

test('the Dockerfile has no error that a linter knows', () => {
  assert.deepEqual(
    validate(text).map(({ message }) => message),
    [],
  );
});

test('every stage is built from Node 24, the major that the program asks for', () => {
  const major = deployFile('.nvmrc').trim();
  assert.match(deployFile('bin/tidings.js'), new RegExp(`NEEDED = ${major};`));
  for (const stage of stages) assert.match(stage.image, new RegExp(`^node:${major}(?:[.-]|$)`));
});

test('it runs as nobody special, and what it starts receives signals', () => {
  assert.ok(image.user !== null && !/^(?:root|0)(?::|$)/.test(image.user), `USER ${image.user}`);
  assert.deepEqual(image.entrypoint, ['tini', '--'], 'in exec form: a shell would keep SIGTERM for itself');
  assert.deepEqual(image.command, ['node', 'bin/tidings.js', 'start']);
  assert.deepEqual(image.healthcheck, ['node', 'bin/healthcheck.js']);
});

test('its settings are those of the other deploy files', () => {
  assert.deepEqual(image.env, {
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: String(AGREED.port),
    DATA_DIR: AGREED.dataDir,
  });
  assert.match(text, new RegExp(`^EXPOSE ${AGREED.port}$`, 'm'));
});

test('nothing in it is refused by Railway, which builds it too', () => {
  assert.ok(!stages.some(({ instructions }) => instructions.includes('VOLUME')), 'no VOLUME');
  assert.doesNotMatch(text, /--mount=type=cache/);
});

test('what it copies is not kept from the builder', () => {
  const admitted = deployFile('.dockerignore')
    .split('\n')
    .flatMap((line) => /^!(.+)$/.exec(line)?.[1] ?? []);
  const sources = stages.flatMap(({ copies }) =>
    copies.filter(({ from }) => from === null).flatMap((copy) => copy.sources),
  );
  const copied = new Set(sources.map((source) => source.replace(/^\.\//, '').replace(/\[(.)\]$/, '$1')));
  assert.deepEqual([...copied].toSorted(), admitted.toSorted(), 'the context is a list of what is let in');
});
