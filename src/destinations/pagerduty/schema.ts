import * as z from 'zod/mini';
import { httpUrl, oneOf, secret, shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { DEFAULTS, SEVERITIES } from './settings.ts';
import { KEY, keyProblem, urlProblem } from './shapes.ts';

export const SCHEMA: Schema = {
  text: 'an alert for what breaks, resolved when it is fixed; a change event for the rest.',
  keys: {
    routing_key: {
      value: z.pipe(shaped(keyProblem, KEY), secret),
      without: 'needed',
      text: 'The Integration Key of a service: Integrations → Events API V2.',
      hint: 'give the Integration Key of a service, as in "${PAGERDUTY_ROUTING_KEY}".',
      secret: 'value',
    },
    region: {
      value: z._default(oneOf(['us', 'eu']), DEFAULTS.region),
      without: '`us`',
      text: 'The service region of your account: `eu` where its address is `….eu.pagerduty.com`.',
    },
    url: {
      value: z.optional(
        z.pipe(
          httpUrl,
          z.transform((url) => url.replace(/\/+$/, '')),
        ),
      ),
      without: "the region's",
      text: 'Another address that takes events as PagerDuty does, such as a proxy of yours.',
    },
    severity: {
      value: z._default(oneOf(SEVERITIES), DEFAULTS.severity),
      without: '`error`',
      text: 'Of an alert that its provider does not grade: `critical`, `error`, `warning` or `info`.',
    },
    changes: {
      value: z._default(z.boolean(), DEFAULTS.changes),
      without: '`true`',
      text: 'Whether what is neither broken nor fixed goes there as a change event, which calls nobody. `false`: it goes nowhere.',
    },
  },
  check({ region, url }, report) {
    if (region !== undefined && url !== undefined)
      report('url', 'url stands beside region: name one of the two.', 'key');
    const problem = typeof url === 'string' ? urlProblem(url) : undefined;
    if (problem !== undefined) report('url', `url ${problem}`);
  },
};
