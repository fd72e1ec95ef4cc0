import { list, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { grouped, spaced } from '../../../../text/words.ts';
import { repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { orgPage } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { secretSeverity, secretSubject } from './secret-scanning-alert.ts';

const LOCATION = wordTable({ created: ['Leaked secret located', 'located {it}', 'bad'] });
const SCAN = wordTable({ completed: ['Secret scan finished', null] });

/** The link leads to the alert, which only those may see who may see the secret. */
export function secretScanningAlertLocation(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  return {
    ...told(action, wordsFor(action, LOCATION, 'secret location')),
    subject: secretSubject(payload),
    facts: [place(payload)],
    severity: secretSeverity(payload),
  };
}

/** `config/deploy.env:12`, or `in an issue comment`: never the words around the secret. */
function place(payload: Payload): string | null {
  const path = textOrNull(payload, 'location.details.path');
  const line = numberOrNull(payload, 'location.details.start_line');
  if (path !== null) return line === null ? path : `${path}:${line}`;
  const type = textOrNull(payload, 'location.type');
  if (type === null) return null;
  return `in ${type.startsWith('issue') ? 'an' : 'a'} ${spaced(type)}`;
}

/** A scan of old content, after a new pattern or a feature turned on; what it finds comes as alerts. */
export function secretScanningScan(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const scanned = textOrNull(payload, 'source');
  const pattern = textOrNull(payload, 'custom_pattern_name');
  const types = list(payload, 'secret_types').length;
  const isInRepository = textOrNull(payload, 'repository.full_name') !== null;
  return {
    ...told(action, wordsFor(action, SCAN, 'secret scan')),
    subject: {
      noun: 'secret scan',
      handle: null,
      title: scanned === null ? 'Old content' : scanned === 'git' ? 'Git history' : `Old ${spaced(scanned)}`,
      url: isInRepository ? repositoryPage(payload, '/security/secret-scanning') : orgPage(payload),
    },
    facts: [
      pattern === null ? null : `for ${pattern}`,
      types === 0 ? null : `${grouped(types)} ${types === 1 ? 'kind' : 'kinds'} of secret`,
    ],
    occurredAt: timeOrNull(payload, 'completed_at'),
  };
}
