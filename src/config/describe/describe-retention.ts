import type { Retention, RetentionException } from '../../model/retention.ts';
import { sizeText, termText } from '../parts/amounts.ts';

type Plain = { readonly [key: string]: unknown };

/** In the shape of tidings.yaml. */
export function describeRetention({ exceptions, archiveTo, ...terms }: Retention): Plain {
  return {
    bodies: termText(terms.bodies),
    events: termText(terms.events),
    attempts: termText(terms.attempts),
    max_size: sizeText(terms.maxBytes),
    ...(archiveTo === null ? {} : { archive_to: archiveTo }),
    ...Object.fromEntries(exceptions.map((each) => [nameOf(each), { bodies: termText(each.bodies) }])),
  };
}

function nameOf({ source, repo }: RetentionException): string {
  return repo ?? source ?? '**';
}

/** `bodies 30d, events 180d, attempts 30d, at most 10GB`. Exceptions are counted. */
export function retentionWords({ bodies, events, attempts, maxBytes, exceptions, archiveTo }: Retention): string {
  return [
    `bodies ${termText(bodies)}`,
    `events ${termText(events)}`,
    `attempts ${termText(attempts)}`,
    ...(maxBytes === null ? [] : [`at most ${sizeText(maxBytes)}`]),
    ...(exceptions.length === 0 ? [] : [`${exceptions.length} exception${exceptions.length === 1 ? '' : 's'}`]),
    ...(archiveTo === null ? [] : ['archived first']),
  ].join(', ');
}
