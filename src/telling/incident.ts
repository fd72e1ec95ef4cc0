import type { RunResult, Tone } from '../model/activity.ts';
import type { Severity } from '../model/scales.ts';
import { capitalised } from '../text/words.ts';
import { asWords, lasted } from './parts.ts';
import type { Told } from './told.ts';

/** What can become of an incident, an alert or a monitor, whoever watches. */
export const INCIDENT_STEPS = [
  'triggered',
  'acknowledged',
  'unacknowledged',
  'escalated',
  'reassigned',
  'annotated',
  'resolved',
  'reopened',
] as const;
export type IncidentStep = (typeof INCIDENT_STEPS)[number];

/** What its provider's payload says of it. */
export interface Incident {
  /** `incident`, `alert`, `monitor`, `issue`: as its provider calls it. */
  readonly noun: string;
  /** `#12`, `API-1F`. Null: people call it by its title. */
  readonly handle: string | null;
  readonly title: string;
  /** Whether a person did it: then `did` says who. */
  readonly isByPerson: boolean;
  /** To whom, of what is escalated or assigned; for the sentence. Null: nobody is named. */
  readonly to?: string | null;
  /** That is whoever did it. */
  readonly isToThemselves?: boolean;
  /** When it was triggered and resolved, ms since 1970: what lasted. */
  readonly startedAt?: number | null;
  readonly endedAt?: number | null;
}

/** Words for a sentence that begins with who did it, and for one that begins with the incident: `#12 escalated to Mona`. */
const STEPS: Readonly<Record<IncidentStep, readonly [tone: Tone, did: string, became: string]>> = {
  triggered: ['bad', 'triggered {it}', 'triggered'],
  acknowledged: ['waiting', 'acknowledged {it}', 'acknowledged'],
  unacknowledged: ['bad', 'took back the acknowledgement of {it}', 'waits for somebody again'],
  escalated: ['bad', 'escalated {it}', 'escalated'],
  reassigned: ['waiting', 'assigned {it}', 'assigned'],
  annotated: ['neutral', 'wrote a note on {it}', 'has a new note'],
  resolved: ['good', 'resolved {it}', 'resolved'],
  reopened: ['bad', 'reopened {it}', 'reopened'],
};

/** How a step is told in the same words whoever watches. What lasted stands in `facts`: put the provider's own behind it. */
export function incidentTold(
  step: IncidentStep,
  incident: Incident,
): Told & { readonly facts: readonly (string | null)[] } {
  const { noun, handle, title, isByPerson, to = null, isToThemselves = false } = incident;
  const { startedAt = null, endedAt = null } = incident;
  const [tone, did, became] = STEPS[step];
  const whom = to === null || to === '' ? '' : ` to ${asWords(to)}`;
  const themselves = step === 'reassigned' ? 'assigned themselves to {it}' : `${did} to themselves`;
  const doing = whom !== '' && isToThemselves ? themselves : `${did}${whom}`;
  return {
    headline: headlineOf(noun, step),
    tone,
    did: isByPerson ? doing : null,
    became: isByPerson ? null : `${became}${whom}`,
    noun,
    handle,
    title,
    facts: [step === 'resolved' ? lasted(startedAt, endedAt) : null],
  };
}

/**
 * What it says of what breaks and is mended again and again, compared by rules as `transition`. Null: this step is no verdict.
 * `key`: what is watched, the same each time; `run`: which of its outages.
 */
export function incidentResult(step: IncidentStep, noun: string, key: string, run: string): RunResult | null {
  if (step !== 'triggered' && step !== 'reopened' && step !== 'resolved') return null;
  return {
    key,
    run: `${run} ${step}`,
    passed: step === 'resolved',
    headlines: { still_broken: `${capitalised(noun)} triggered again` },
    becomes: { still_broken: 'triggered again' },
  };
}

/** What providers grade by other words: `P1`, `SEV-2`, `urgent`, `warning`, `error`. Null: nobody graded it. */
export function severityOf(word: string | null): Severity | null {
  const graded =
    word
      ?.trim()
      .toLowerCase()
      .replace(/^(?:sev(?:erity)?|p(?:riority)?)[\s_-]*(?=\d$)/, 'p') ?? '';
  return SEVERITY.get(graded) ?? null;
}

const SEVERITY: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ...words('critical', 'critical fatal emergency urgent p0 p1 blocker'),
  ...words('high', 'high error major p2'),
  ...words('medium', 'medium warning warn normal moderate minor p3'),
  ...words('low', 'low info informational notice debug none p4 p5'),
]);

function words(severity: Severity, all: string): readonly (readonly [word: string, severity: Severity])[] {
  return all.split(' ').map((word) => [word, severity] as const);
}

const ENDINGS: Partial<Readonly<Record<IncidentStep, string>>> = {
  unacknowledged: 'no longer acknowledged',
  reassigned: 'assigned',
  annotated: 'has a new note',
};

function headlineOf(noun: string, step: IncidentStep): string {
  return `${capitalised(noun)} ${ENDINGS[step] ?? step}`;
}
