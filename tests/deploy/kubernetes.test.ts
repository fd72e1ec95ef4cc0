import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1';
import { PersistentVolumeClaim, Service } from 'kubernetes-models/v1';
import { AGREED, deployFile, yamlDocuments } from './deploy-file.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const manifests = yamlDocuments(deployFile('deploy/kubernetes.yaml')) as readonly Manifest[];

const KINDS = { PersistentVolumeClaim, Deployment, Service, Ingress };

/** Throws where the manifest is not of its kind's schema (Kubernetes 1.27's OpenAPI). */
function check(manifest: Manifest): void {
  const kind = KINDS[manifest.kind as keyof typeof KINDS] as (new (data: Manifest) => { validate(): void }) | undefined;
  assert.ok(kind, `${manifest.kind} has no schema here`);
  new kind(manifest).validate();
}

function only<T>(kind: string): T {
  const found = manifests.filter((manifest) => manifest.kind === kind);
  assert.equal(found.length, 1, `one ${kind}`);
  return found[0] as T;
}

const deployment = only<Deployment>('Deployment');
const pod = deployment.spec?.template.spec;
const container = pod?.containers[0];

for (const manifest of manifests) {
  test(`${manifest.kind} ${manifest.metadata.name} is what Kubernetes takes`, () => check(manifest));
}

test('its schemas find what is wrong', () => {
  const broken = structuredClone(deployment) as unknown as { spec: { replicas: unknown } };
  broken.spec.replicas = 'one';
  assert.throws(() => check(broken as unknown as Manifest));
});

test('one volume, one replica, and the old pod is gone before the new one starts', () => {
  assert.equal(deployment.spec?.replicas, 1);
  assert.equal(deployment.spec?.strategy?.type, 'Recreate');
  assert.deepEqual(only<PersistentVolumeClaim>('PersistentVolumeClaim').spec?.accessModes, ['ReadWriteOnce']);
});

test('what refers to a name finds it', () => {
  const labels = deployment.spec?.template.metadata?.labels;
  assert.deepEqual(deployment.spec?.selector.matchLabels, labels);
  const service = only<Service>('Service');
  assert.deepEqual(service.spec?.selector, labels);
  assert.equal(service.spec?.ports?.[0]?.targetPort, container?.ports?.[0]?.name);
  const [data] = pod?.volumes ?? [];
  assert.equal(
    data?.persistentVolumeClaim?.claimName,
    only<PersistentVolumeClaim>('PersistentVolumeClaim').metadata?.name,
  );
  const backend = only<Ingress>('Ingress').spec?.rules?.[0]?.http?.paths[0]?.backend.service;
  assert.deepEqual([backend?.name, backend?.port?.name], [service.metadata?.name, service.spec?.ports?.[0]?.name]);
});

test('it runs as nobody special, on a file system that only takes writes where it must', () => {
  assert.equal(pod?.securityContext?.runAsNonRoot, true);
  assert.equal(pod?.securityContext?.fsGroup, pod?.securityContext?.runAsGroup, 'the volume is its own');
  assert.equal(container?.securityContext?.readOnlyRootFilesystem, true);
  assert.equal(container?.securityContext?.allowPrivilegeEscalation, false);
  assert.deepEqual(
    container?.volumeMounts?.map(({ mountPath }) => mountPath),
    [AGREED.dataDir, '/tmp'],
  );
});

test('it listens, is asked and stops as the other deploy files say', () => {
  const env = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
  assert.deepEqual([env['HOST'], env['PORT'], env['DATA_DIR']], ['0.0.0.0', String(AGREED.port), AGREED.dataDir]);
  assert.equal(container?.ports?.[0]?.containerPort, AGREED.port);
  assert.ok((pod?.terminationGracePeriodSeconds ?? 0) > AGREED.stopS);
  for (const probe of [container?.startupProbe, container?.readinessProbe, container?.livenessProbe]) {
    assert.equal(probe?.httpGet?.path, '/healthz');
  }
});

test('it holds no secret, not even a placeholder: those of its own are made on the volume', () => {
  assert.deepEqual(
    manifests.filter(({ kind }) => kind === 'Secret'),
    [],
  );
  assert.deepEqual(container?.envFrom, [{ secretRef: { name: 'tidings', optional: true } }]);
  for (const { name } of container?.env ?? []) assert.doesNotMatch(name, /SECRET|TOKEN|WEBHOOK/);
});
