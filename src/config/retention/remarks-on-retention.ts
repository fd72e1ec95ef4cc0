import type { Steps } from '../../model/rule.ts';
import { GlobLists } from '../../route/glob-list.ts';
import { didYouMean, nearest } from '../check/did-you-mean.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile, Remark } from '../read/config-file.ts';
import { mapping } from '../read/plain-data.ts';
import { NO_REPO } from '../schema/filter-schema.ts';
import { globProblem } from '../schema/pattern-problems.ts';
import { EXCEPTION_KEYS, RETENTION_KEYS } from '../schema/retention-schema.ts';

interface Known {
  /** The names of all sources. */
  readonly sources: readonly string[];
  /** The names of lists of repositories. */
  readonly lists: Readonly<Record<string, unknown>>;
}

/** What stands beside the terms: keys that are no key, and exceptions that nothing would ever fall under. */
export function remarksOnRetention({ data }: Pick<ConfigFile, 'data'>, sources: readonly string[]): readonly Remark[] {
  const { retention, repos } = mapping(data);
  const known = { sources, lists: mapping(repos) };
  const others = Object.entries(mapping(retention)).filter(([key]) => !RETENTION_KEYS.some((own) => own === key));
  const wrong = others.flatMap(([key, value]): readonly Remark[] => {
    const place: Path = ['retention', key];
    const problem = keyProblem(key, value, known);
    if (problem !== undefined) return [{ place, message: problem, part: 'key', kind: 'cause' }];
    if (value === mapping(value)) return [];
    const term = typeof value === 'string' || typeof value === 'number' ? value : '7d';
    return [{ place, message: `must be settings: write \`${quoted(key)}: { bodies: ${term} }\`.`, kind: 'cause' }];
  });
  return wrong.length > 0 ? wrong : covered(others.map(([key]) => key));
}

/** A text that YAML would take for something else is written in quotes. */
function quoted(key: string): string {
  return /^[\w./-][\w./*-]*$/.test(key) ? key : JSON.stringify(key);
}

function keyProblem(key: string, value: unknown, { sources, lists }: Known): string | undefined {
  if (key.startsWith('!'))
    return `"${key}" leaves out nothing: put above the pattern what is kept longer, with its own term.`;
  if (/[/]|\*\*/.test(key)) return repoProblem(key);
  const isSource = sources.includes(key);
  const isList = Object.hasOwn(lists, key);
  if (isSource && isList)
    return `"${key}" is a source, and a list in repos too: call the list otherwise, or name its repositories here.`;
  if (isSource || isList) return undefined;
  if (key === '*') return '"*" is every event: give the term as `bodies:`, beside.';
  if (/[*?[{]/.test(key)) return `"${key}" ${NO_REPO}`;
  return unknownName(key, value, [...sources, ...Object.keys(lists)]);
}

function repoProblem(key: string): string | undefined {
  if (/:|^[\w-]+\.com\/|^\/|\/$/.test(key)) return `"${key}" ${NO_REPO}`;
  if (/,\s/.test(key)) return `"${key}" is one pattern: give each repository a line, or write {one,two}.`;
  const problem = globProblem(key);
  return problem && `"${key}" ${problem}`;
}

/** A term under a word: a misspelt key. Settings under a word: a misspelt name. */
function unknownName(key: string, value: unknown, names: readonly string[]): string {
  const hint = MEANT[key.toLowerCase()];
  if (hint !== undefined) return `${key} is not a key here: ${hint}`;
  const known = value === mapping(value) ? names : [...RETENTION_KEYS, ...names];
  const near = nearest(key, known);
  if (near !== undefined) return `${key} is not a key here. Did you mean "${near}"?`;
  if (value !== mapping(value)) return `${key} is not a key here.${didYouMean(key, RETENTION_KEYS)}`;
  return `no source is named "${key}", and no list in repos. Sources: ${names.join(', ')}. A repository is written acme/api or acme/*.`;
}

/** What other tools call it. */
const MEANT: Readonly<Record<string, string>> = {
  age: 'write `bodies: 30d` and `events: 180d`.',
  archive: 'write `archive_to:`, and a folder.',
  bodys: 'write `bodies:`.',
  body: 'write `bodies:`.',
  days: 'write `bodies: 30d` and `events: 180d`.',
  deliveries: 'write `events:`.',
  exceptions: 'each stands beside the others under its pattern, `acme/secret-*: { bodies: 1d }`.',
  headers: 'they go with the `bodies:`.',
  limit: 'write `max_size:`.',
  maxsize: 'write `max_size:`.',
  messages: 'they go with their `events:`; what was sent and answered are `attempts:`.',
  notifications: 'they go with their `events:`; what was sent and answered are `attempts:`.',
  payload: 'write `bodies:`.',
  payloads: 'write `bodies:`.',
  repos: 'each stands beside the others under its pattern, `acme/secret-*: { bodies: 1d }`.',
  size: 'write `max_size:`.',
  sources: 'each stands beside the others under its name, `name: { bodies: 7d }`.',
};

/** `events` of an exception: rows of one event are needed to recognise the others. */
export function exceptionKeyProblem(key: string): string {
  const near = nearest(key, EXCEPTION_KEYS);
  if (near !== undefined) return `${key} is not a key here. Did you mean "${near}"?`;
  return RETENTION_KEYS.some((own) => own === key)
    ? `${key} is one for all, and stands one level up: an exception says how long \`bodies\` are kept.`
    : `${key} is not a key here. Known: ${EXCEPTION_KEYS.join(', ')}.`;
}

const FREE: Steps = { take: () => {} };

/** The first that fits counts: behind `acme/*`, `acme/secret-*` is never asked. */
function covered(keys: readonly string[]): readonly Remark[] {
  const globs = new GlobLists();
  const patterns = keys.filter((key) => /[/]|\*\*/.test(key));
  return patterns.flatMap((key, index): readonly Remark[] => {
    const fits = (pattern: string) => globs.compile([pattern], { ignoreCase: true })(sampleOf(key), FREE);
    const isPlain = !/[{[\\\]]/.test(key);
    const above = patterns
      .slice(0, index)
      .find((each) => each.toLowerCase() === key.toLowerCase() || (isPlain && fits(each)));
    if (above === undefined) return [];
    const message = `"${key}" is never asked: "${above}", above it, fits whatever it fits, and the first that fits counts. Put it above that.`;
    return [{ place: ['retention', key], message, part: 'key' }];
  });
}

/** A repository that the pattern fits, and hardly another that is not meant to be as wide. */
function sampleOf(pattern: string): string {
  return pattern.replaceAll('**', 'qzx-w/qzx-v').replaceAll('*', 'qzx-u').replaceAll('?', 'q');
}
