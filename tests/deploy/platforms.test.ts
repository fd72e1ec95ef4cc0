import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse as parseToml } from 'smol-toml';
import { AGREED, deployFile, type Shape, unknownKeys, yamlDocuments } from './deploy-file.ts';

// What the documentation of each knows, as far as it is used here or easily mistaken.

/** https://fly.io/docs/reference/configuration/ */
const FLY: Shape = {
  app: true,
  primary_region: true,
  kill_signal: true,
  kill_timeout: true,
  swap_size_mb: true,
  build: { dockerfile: true, image: true, 'build-target': true },
  env: true,
  deploy: { strategy: true, max_unavailable: true, wait_timeout: true, release_command: true },
  mounts: { source: true, destination: true, processes: true, initial_size: true },
  http_service: {
    processes: true,
    internal_port: true,
    force_https: true,
    auto_stop_machines: true,
    auto_start_machines: true,
    min_machines_running: true,
    concurrency: { type: true, soft_limit: true, hard_limit: true },
    checks: {
      grace_period: true,
      interval: true,
      timeout: true,
      method: true,
      path: true,
      protocol: true,
      headers: true,
    },
  },
  vm: { size: true, memory: true, cpus: true, cpu_kind: true, processes: true },
};

/** https://docs.railway.com/config-as-code/reference */
const RAILWAY: Shape = {
  $schema: true,
  build: { builder: true, dockerfilePath: true, buildCommand: true, watchPatterns: true },
  deploy: {
    startCommand: true,
    preDeployCommand: true,
    healthcheckPath: true,
    healthcheckTimeout: true,
    restartPolicyType: true,
    restartPolicyMaxRetries: true,
    overlapSeconds: true,
    drainingSeconds: true,
  },
};

/** https://render.com/docs/blueprint-spec */
const RENDER: Shape = {
  services: {
    type: true,
    name: true,
    runtime: true,
    plan: true,
    region: true,
    branch: true,
    numInstances: true,
    dockerfilePath: true,
    dockerContext: true,
    dockerCommand: true,
    healthCheckPath: true,
    disk: { name: true, mountPath: true, sizeGB: true },
    envVars: { key: true, value: true, generateValue: true, sync: true },
  },
};

/** https://litestream.io/reference/config/ (0.5: one `replica` a database; `snapshot` is global) */
const LITESTREAM: Shape = {
  dbs: {
    path: true,
    replica: { url: true, type: true, bucket: true, path: true, endpoint: true, region: true, 'sync-interval': true },
  },
  snapshot: { interval: true, retention: true },
};

test('a key nobody documents is found, however deep', () => {
  const file = { deploy: { startComand: 'x' }, services: [{ disk: { mountpath: '/' } }] };
  assert.deepEqual(unknownKeys(file, { ...RAILWAY, ...RENDER }), ['deploy.startComand', 'services.disk.mountpath']);
});

interface Fly {
  readonly kill_signal: string;
  readonly kill_timeout: number;
  readonly build: { readonly dockerfile: string };
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly { readonly destination: string }[];
  readonly deploy: { readonly strategy: string };
  readonly http_service: {
    readonly internal_port: number;
    readonly auto_stop_machines: string;
    readonly min_machines_running: number;
    readonly checks: readonly { readonly path: string; readonly method: string }[];
  };
}

test('fly.toml has keys that are documented, and one machine that is never stopped', () => {
  const fly = parseToml(deployFile('fly.toml')) as unknown as Fly;
  assert.deepEqual(unknownKeys(fly, FLY), []);
  assert.deepEqual(
    [fly.env['HOST'], fly.env['PORT'], fly.env['DATA_DIR']],
    ['0.0.0.0', String(AGREED.port), AGREED.dataDir],
  );
  assert.ok(
    Object.values(fly.env).every((value) => typeof value === 'string'),
    'Fly.io takes texts only',
  );
  assert.equal(fly.http_service.internal_port, AGREED.port);
  assert.deepEqual(
    fly.mounts.map(({ destination }) => destination),
    [AGREED.dataDir],
  );
  assert.deepEqual([fly.http_service.auto_stop_machines, fly.http_service.min_machines_running], ['off', 1]);
  assert.notEqual(fly.deploy.strategy, 'bluegreen', 'does not work with volumes');
  assert.equal(fly.http_service.checks[0]?.path, '/healthz');
  assert.equal(fly.kill_signal, 'SIGTERM');
  assert.ok(fly.kill_timeout > AGREED.stopS);
});

interface Railway {
  readonly build: { readonly builder: string; readonly dockerfilePath: string };
  readonly deploy: {
    readonly startCommand: string;
    readonly healthcheckPath: string;
    readonly restartPolicyType: string;
    readonly drainingSeconds: number;
  };
}

test('railway.json has keys and values that are documented', () => {
  const { build, deploy, ...rest } = JSON.parse(deployFile('railway.json')) as Railway;
  assert.deepEqual(unknownKeys({ build, deploy, ...rest }, RAILWAY), []);
  assert.deepEqual([build.builder, build.dockerfilePath], ['DOCKERFILE', 'Dockerfile']);
  assert.equal(deploy.healthcheckPath, '/healthz');
  assert.ok(['ON_FAILURE', 'ALWAYS', 'NEVER'].includes(deploy.restartPolicyType));
  // The documentation's own example is a text, which is refused: https://github.com/railwayapp/docs/issues/1243
  assert.ok(Number.isInteger(deploy.drainingSeconds) && deploy.drainingSeconds > AGREED.stopS);
});

interface Render {
  readonly services: readonly {
    readonly type: string;
    readonly runtime: string;
    readonly plan: string;
    readonly numInstances: number;
    readonly healthCheckPath: string;
    readonly disk: { readonly mountPath: string; readonly sizeGB: number };
    readonly envVars: readonly { readonly key: string; readonly value?: string }[];
  }[];
}

test('render.yaml has keys that are documented, a disk, and one instance', () => {
  const [render] = yamlDocuments(deployFile('render.yaml')) as readonly [Render];
  assert.deepEqual(unknownKeys(render, RENDER), []);
  const [service, ...others] = render.services;
  assert.deepEqual(others, []);
  assert.deepEqual([service?.type, service?.runtime, service?.numInstances], ['web', 'docker', 1]);
  assert.notEqual(service?.plan, 'free', 'has no disks');
  assert.equal(service?.disk.mountPath, AGREED.dataDir);
  assert.equal(service?.healthCheckPath, '/healthz');
  const env = Object.fromEntries((service?.envVars ?? []).map(({ key, value }) => [key, value]));
  assert.deepEqual([env['HOST'], env['PORT'], env['DATA_DIR']], ['0.0.0.0', String(AGREED.port), AGREED.dataDir]);
  assert.equal(env['SLACK_WEBHOOK_URL'], undefined, 'secrets are asked for, never written down');
});

test('litestream.yml has keys that are documented, and copies the database of the deploy files', () => {
  const [litestream] = yamlDocuments(deployFile('deploy/litestream.yml')) as readonly [
    { readonly dbs: readonly { readonly path: string }[] },
  ];
  assert.deepEqual(unknownKeys(litestream, LITESTREAM), []);
  assert.deepEqual(
    litestream.dbs.map(({ path }) => path),
    [`${AGREED.dataDir}/tidings.db`],
  );
});
