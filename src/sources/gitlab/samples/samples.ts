import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';
import { typeOf } from '../envelope.ts';
import * as code from './code.ts';
import * as talk from './conversation.ts';
import type { Json } from './scene.ts';

const MAKERS: ReadonlyMap<string, (scene: Scene) => Json> = new Map<string, (scene: Scene) => Json>([
  ['merge_request.open', talk.opened],
  ['merge_request.ready_for_review', talk.ready],
  ['merge_request.review_requested', talk.asked],
  ['merge_request.synchronize', talk.pushedTo],
  ['merge_request.changes_requested', talk.changesRequested],
  ['merge_request.approved', (scene) => talk.mergeRequest(scene, 'approved')],
  ['merge_request.merge', (scene) => talk.mergeRequest(scene, 'merge')],
  ['merge_request.close', (scene) => talk.mergeRequest(scene, 'close')],
  ['issue.open', (scene) => talk.issue(scene, 'open')],
  ['issue.close', (scene) => talk.issue(scene, 'close')],
  ['confidential_issue.open', talk.confidential],
  ['note.create', (scene) => talk.noteOn(scene, scene.n % 2 === 0 ? 'issue' : 'merge_request', scene.n % 2 === 1)],
  ['push', code.push],
  ['tag_push', code.tagPush],
  ['pipeline.failed', (scene) => code.pipeline(scene, 'failed')],
  ['pipeline.success', (scene) => code.pipeline(scene, 'success')],
  ['build.failed', (scene) => code.job(scene, 'failed')],
  ['deployment.success', (scene) => code.deployment(scene, 'success')],
  ['deployment.failed', (scene) => code.deployment(scene, 'failed')],
  ['release.create', code.release],
  ['wiki_page.create', code.wikiPage],
  ['feature_flag', code.featureFlag],
  ['vulnerability.detected', code.vulnerability],
  ['access_token.expiring', code.accessToken],
  ['user_add_to_group', code.member],
]);

/** As GitLab would send them, of a project of three people. */
export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter(() => [], 'object_attributes.title'),
);

function sample(name: string, scene: Scene): SamplePayload | undefined {
  const payload = MAKERS.get(name)?.(scene);
  const type = payload && typeOf(payload, '');
  return payload === undefined || !type ? undefined : { type, payload };
}
