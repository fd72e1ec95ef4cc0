import { parseTally, type TurnedAway, turnedAway } from '../../model/turned-away.ts';
import { ago, plural } from '../../shared/time-words.ts';
import type { Problem } from '../api/answers/problems.ts';
import type { Rotation, SourceFindings } from '../api/running-system.ts';
import { sentence } from '../lanes/reason-words.ts';
import { problem } from './problem.ts';

/** What providers say of the webhooks that call here. */
export function hookProblems({ findings }: SourceFindings): readonly Problem[] {
  return findings.map(({ source, detail, fix }) =>
    problem({
      kind: 'hook',
      key: [source, detail],
      title: `${source}: ${detail.split('\n')[0]}`,
      says: 'Nobody is told of what does not get here.',
      fix: sentence(fix ?? 'See the webhook’s page there'),
      count: 1,
    }),
  );
}

/** A secret that is changed, and not wholly yet. */
export function rotationProblems(rotations: readonly Rotation[], now: number): readonly Problem[] {
  return rotations.flatMap((rotation) => {
    const { source, setting, secretNo, isOver, lastUsed } = rotation;
    if (secretNo === null) return [];
    const others = lastUsed.flatMap((at, index) => (index + 1 === secretNo ? [] : [{ no: index + 1, at }]));
    const used = others.filter(({ at }) => at !== null);
    if (isOver) {
      const which = others.map(({ no }) => `secret ${no}`).join(', ');
      return [
        problem({
          kind: 'secret',
          key: ['over', source],
          title: `${source}: the old secret can be removed`,
          says: `All that came lately matched secret ${secretNo}. Not used: ${which}.`,
          fix: `Remove it from ${setting}, and restart.`,
          count: 1,
        }),
      ];
    }
    if (used.length === 0) return [];
    const last = Math.max(...used.map(({ at }) => at ?? 0));
    return [
      problem({
        kind: 'secret',
        key: ['half', source],
        title: `${source}: the secret is changed in part`,
        says: `Some webhooks use secret ${secretNo}, others another one, the last of those ${ago(last, now)}.`,
        fix: 'Give every webhook that calls here the new secret. The old one can be removed when nobody uses it.',
        count: 1,
        lastAt: last,
      }),
    ];
  });
}

/** Signed, and by no secret that is set here. `tally`: as it is stored. */
export function refusalProblems(
  tally: string | null,
  sources: readonly string[],
  { now, invocation }: { readonly now: number; readonly invocation: string },
): readonly Problem[] {
  return turnedAway(parseTally(tally), now)
    .filter(({ source, cause }) => cause === 'mismatch' && sources.includes(source))
    .map((refused) => mismatch(refused, now, invocation));
}

function mismatch({ source, count, at, why }: TurnedAway, now: number, invocation: string): Problem {
  return problem({
    kind: 'secret',
    key: ['mismatch', source],
    title: `${source}: signatures do not match`,
    says: `${plural(count, 'request')} in 24 h ${count === 1 ? 'was' : 'were'} refused, the last ${ago(at, now)}.${why === null ? '' : ` ${sentence(why)}`}`,
    fix: 'If the webhook is yours, give it and Tidings the same secret. What others make up is rightly refused.',
    command: `${invocation} sources`,
    count,
    lastAt: at,
  });
}

/** The settings changed, and cannot be used. `configuration`: which are in force, in words. */
export function rulesProblems(configuration: string): readonly Problem[] {
  if (!configuration.includes('cannot be used')) return [];
  return [
    problem({
      kind: 'rules',
      key: [],
      title: 'The changed settings cannot be used',
      says: sentence(configuration),
      fix: 'Correct the file: it is read again within a second or two.',
      count: 1,
    }),
  ];
}

export function retentionProblems(trouble: string | null): readonly Problem[] {
  if (trouble === null) return [];
  const fix = 'Make room, or keep less: retention in tidings.yaml says how long what is kept.';
  return [
    problem({ kind: 'retention', key: [], title: 'What is old does not go', says: sentence(trouble), fix, count: 1 }),
  ];
}
