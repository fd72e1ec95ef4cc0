import type { Sum, Tone } from '../../../../model/activity.ts';
import { isObject, type Payload, read, textOrNull } from '../../../../shared/payload.ts';
import { capitalised, spaced } from '../../../../text/words.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { settingsPage } from '../places.ts';
import { type Words } from '../words.ts';

/** What a repository is guarded with: scanning, push protection, security updates… */
const AT = 'security_and_analysis';

export function securityAndAnalysis(payload: Payload): FamilyOutput {
  const before = read(payload, `changes.from.${AT}`);
  const now = read(payload, `repository.${AT}`);
  const features = isObject(before) && isObject(now) ? [...new Set([...Object.keys(before), ...Object.keys(now)])] : [];
  const changed = features.filter((feature) => isOn(before, feature) !== isOn(now, feature));
  if (features.length > 0 && changed.length === 0) return skip(`${AT}: every feature is as it was`);
  const on = changed.filter((feature) => isOn(now, feature));
  const off = changed.filter((feature) => !isOn(now, feature));
  return {
    kind: 'activity',
    action: null,
    ...words(on.length, off.length),
    subject: {
      noun: 'security features',
      handle: null,
      title:
        off.length > 0 ? named(off) : on.length > 0 ? named(on) : (textOrNull(payload, 'repository.full_name') ?? ''),
      url: settingsPage(payload, 'security_analysis'),
    },
    sum: changed.length === 0 ? null : counted(off.length > 0 ? 'off' : 'on'),
    facts: [off.length > 0 && on.length > 0 ? `turned on: ${named(on)}` : null],
  };
}

/** One feature less is bad news, whatever was turned on beside it. */
function words(on: number, off: number): Words {
  const tell = (count: number, which: 'on' | 'off', tone: Tone): Words => ({
    headline: `Security ${count === 1 ? 'feature' : 'features'} turned ${which}`,
    did: `turned ${which} ${count === 1 ? 'a security feature' : 'security features'} of {repo}`,
    tone,
  });
  if (off > 0) return tell(off, 'off', 'bad');
  if (on > 0) return tell(on, 'on', 'good');
  return { headline: 'Security settings changed', did: 'changed the security settings of {repo}', tone: 'neutral' };
}

/** GitHub tells it of each repository that an organization's settings change. */
function counted(which: 'on' | 'off'): Sum {
  return { noun: 'repository', part: `with security features turned ${which}`, alone: null };
}

function isOn(features: unknown, feature: string): boolean {
  return isObject(features) && textOrNull(read(features, feature), 'status') === 'enabled';
}

/** `Secret scanning, push protection` */
function named(features: readonly string[]): string {
  return capitalised(features.map(spaced).join(', '));
}
