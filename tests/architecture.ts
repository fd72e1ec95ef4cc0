import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';

/** One TypeScript file: its path from the project's root with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Which layer may import which, or which folder of one; a layer may always import itself. Imports go only downward. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  model: ['shared'],
  text: ['model', 'shared'],
  telling: ['model', 'text', 'shared'],
  sources: ['config/parts', 'model', 'telling', 'text', 'shared'],
  // A column of a table says what an expression says, as a condition of a rule does.
  destinations: ['config/parts', 'model', 'route/column', 'text', 'shared'],
  // The table.
  'catalog.ts': ['destinations', 'model', 'sources'],
  route: ['model', 'shared'],
  inbox: ['model', 'shared'],
  accept: ['model', 'shared'],
  tunnel: ['model', 'shared'],
  jobs: ['model', 'route', 'shared'],
  config: ['model', 'route', 'shared'],
  http: ['config', 'model', 'route', 'shared'],
  // Pages: they know what /api/v1 says, and nothing of the store.
  dashboard: ['http', 'shared'],
  // The running system, put together from all layers.
  run: [
    'accept',
    'catalog.ts',
    'config',
    'dashboard',
    'destinations',
    'http',
    'inbox',
    'jobs',
    'model',
    'route',
    'shared',
    'sources',
    'text',
    'tunnel',
  ],
  // What the package exports.
  library: [
    'accept',
    'catalog.ts',
    'config',
    'destinations',
    'http',
    'inbox',
    'jobs',
    'model',
    'route',
    'run',
    'shared',
    'sources',
    'text',
  ],
  'index.ts': ['destinations', 'library', 'model', 'shared', 'sources', 'text'],
  // On top.
  cli: ['catalog.ts', 'config', 'http', 'model', 'run', 'shared', 'text'],
  'main.ts': ['cli', 'config', 'run', 'shared'],
};

/** Layers of plugins: a folder each, and none imports another. github does not know stripe, slack does not know http. */
const PLUGIN_LAYERS = new Set(['sources', 'destinations']);

interface Law {
  readonly name: string;
  readonly pattern: RegExp;
  /** Strings are prose to this law: `labels: any of bug` is no type. */
  readonly exceptStrings?: true;
  /** Paths, tests excepted, that the law binds. */
  binds(path: string): boolean;
}

const IMPURE_MODULES =
  /from 'node:(?!buffer|crypto|querystring|url|util|assert)[^']+'|from '[^']*shared\/(?:outbound|web-socket\/web-socket|log|clock)\.ts'/;
const isPure = (path: string) =>
  /^src\/(?:route|telling)\//.test(path) || /^src\/sources\/.*(?:normalise|events-api)[^/]*(?:\/|\.ts$)/.test(path);

export const LAWS: readonly Law[] = [
  {
    name: 'process.env is read only in config',
    pattern: /\bprocess\.env\b/,
    binds: (path) => !path.startsWith('src/config/'),
  },
  {
    // A table of somebody else's is what one destination is for. Its drivers are its own, and know nothing of the inbox.
    name: 'SQL is spoken only in inbox',
    pattern: /from '(?:node:sqlite|pg|mysql2[^']*)'|import\('(?:node:sqlite|pg|mysql2[^']*)'\)/,
    binds: (path) => !/^src\/(?:inbox|destinations\/sql)\//.test(path),
  },
  {
    name: 'calls out are made only by shared/outbound.ts and shared/web-socket',
    pattern: /(?<![.\w])fetch\(|globalThis\.fetch|\bhttps?\.(?:request|get)\(|\bnew WebSocket\(/,
    binds: (path) => path !== 'src/shared/outbound.ts' && path !== 'src/shared/web-socket/web-socket.ts',
  },
  {
    name: 'time and chance come from shared',
    pattern: /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\)/,
    binds: (path) => !path.startsWith('src/shared/'),
  },
  {
    name: 'normalisers and routing are pure',
    pattern: IMPURE_MODULES,
    binds: isPure,
  },
  {
    name: 'what proves who sends is made by shared/hmac.ts, and compared in constant time',
    pattern: /\bcreateHmac\b|\.equals\(|\.compare\(/,
    binds: (path) => path.startsWith('src/sources/'),
  },
  {
    name: 'no any',
    pattern: /(?:[:<|&,(]|\bas)\s*any\b(?!\s*[:(])/,
    exceptStrings: true,
    binds: () => true,
  },
];

/** A longer file is two. Tests may be a little longer: they are read from the top. */
export const MAX_LINES = 300;
export const MAX_TEST_LINES = 400;
/** More files side by side, tests counted, are a list and no folder. */
export const MAX_FILES = 30;

/** Names in the table that are ordinary words too, and the organisation of every example. */
const WORDS = new Set([
  'http',
  'sql',
  'console',
  'command',
  'email',
  'forward',
  'teams',
  'acme',
  'generic',
  'linear',
  'standard-webhooks',
]);

/**
 * Where a provider or a destination type may be named, beside its own folder: what the package exports names each, and what
 * people pay with may be one.
 */
const MAY_NAME = new Set(['src/catalog.ts', 'src/index.ts', 'src/sources/stripe/normalise/parts.ts']);

/** Shapes of secrets are known whatever is configured, so that none is shown of a service that is not. */
const KNOWS_SHAPES = new Set(['src/shared/secrets/placeholder.ts', 'src/shared/secrets/secret-shapes.ts']);

/** Every broken law as `path:line: what`. An empty list of files is a broken law too: then nothing was checked. */
export function violations(files: readonly SourceFile[], names: readonly string[] = []): string[] {
  if (files.length === 0) return ['no sources found: nothing was checked'];
  return [
    ...tooMany(files),
    ...files.flatMap((file) => [
      ...tooLong(file),
      ...(isTest(file) ? [] : [...brokenLayers(file), ...brokenLaws(file), ...named(file, names)]),
    ]),
  ];
}

/** The one law that reads the table: no provider or destination type is named outside its folder. `names`: the table's. */
function named({ path, text }: SourceFile, names: readonly string[]): string[] {
  // Samples are what people write, of whatever.
  const isSpared = MAY_NAME.has(path) || KNOWS_SHAPES.has(path) || path.includes('/samples/');
  if (isSpared) return [];
  // Whoever is called after a row may name it: its folder begins with the same words.
  const strange = names.filter(
    (name) => !WORDS.has(name) && !new RegExp(`^src/(?:sources|destinations)/${name}(?:-[a-z-]+)?/`).test(path),
  );
  if (strange.length === 0) return [];
  const pattern = new RegExp(`(?<![a-z])(?:${strange.join('|')})(?![a-z])`, 'i');
  return withoutComments(text)
    .split('\n')
    .flatMap((line, index) =>
      pattern.test(line) || pattern.test(withCamelCaseApart(line))
        ? [`${path}:${index + 1}: names a row of the table: ${line.trim()}`]
        : [],
    );
}

/** `githubToken` and `createGithub` name it as well; `GitHub` is one word all the same. */
function withCamelCaseApart(line: string): string {
  return line.replaceAll(/([a-z])(?=[A-Z])/g, '$1 ');
}

export function readSources(root: string, folder: string): SourceFile[] {
  // tests/peers may have packages of its own.
  return globSync(`${folder}/**/*.ts`, { cwd: root, exclude: ['**/node_modules'] })
    .toSorted()
    .map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(join(root, path), 'utf8') }));
}

export function countLines(file: SourceFile): number {
  return file.text.split('\n').length - 1;
}

export function isTest(file: SourceFile): boolean {
  return file.path.endsWith('.test.ts');
}

function tooLong(file: SourceFile): string[] {
  const lines = countLines(file);
  const limit = isTest(file) ? MAX_TEST_LINES : MAX_LINES;
  return lines > limit ? [`${file.path}: ${lines} lines, the limit is ${limit}`] : [];
}

function tooMany(files: readonly SourceFile[]): string[] {
  const folders = Object.entries(Object.groupBy(files, ({ path }) => dirname(path)));
  return folders.flatMap(([folder, inside = []]) =>
    inside.length > MAX_FILES ? [`${folder}: ${inside.length} files side by side, the limit is ${MAX_FILES}`] : [],
  );
}

/** Relative imports only: a package is no layer, and `#src/*` must not be used in src (it is not rewritten on emit). */
function brokenLayers(file: SourceFile): string[] {
  const from = layerOf(file.path);
  const allowed = MAY_IMPORT[from.layer];
  if (allowed === undefined) return [`${file.path}: unknown layer "${from.layer}", add it to MAY_IMPORT`];
  return importsOf(file).flatMap(({ specifier, line }) => {
    const where = `${file.path}:${line}`;
    if (specifier.startsWith('#src/')) return [`${where}: #src/* is for outside src, import relatively`];
    if (!specifier.startsWith('.')) return [];
    const target = posix.join(dirname(file.path), specifier);
    if (!target.startsWith('src/'))
      return target === 'package.json' ? [] : [`${where}: imports ${target}, outside src`];
    const to = layerOf(target);
    if (['main.ts', 'index.ts'].includes(to.layer)) return [`${where}: nobody imports ${to.layer}`];
    if (to.layer === from.layer) {
      const isOther = from.plugin !== to.plugin && from.plugin !== null && to.plugin !== null;
      return PLUGIN_LAYERS.has(from.layer) && isOther
        ? [`${where}: ${from.layer}/${from.plugin} imports ${from.layer}/${to.plugin}`]
        : [];
    }
    const isAllowed = allowed.includes(to.layer) || allowed.includes(`${to.layer}/${to.plugin}`);
    return isAllowed ? [] : [`${where}: ${from.layer} imports ${to.layer}`];
  });
}

function brokenLaws(file: SourceFile): string[] {
  const laws = LAWS.filter((law) => law.binds(file.path));
  return withoutComments(file.text)
    .split('\n')
    .flatMap((text, index) =>
      laws
        .filter((law) => law.pattern.test(law.exceptStrings ? withoutStrings(text) : text))
        .map((law) => `${file.path}:${index + 1}: ${law.name}: ${text.trim()}`),
    );
}

/** `src/sources/github/sign.ts` → layer `sources`, plugin `github`; `src/main.ts` → layer `main.ts`. */
function layerOf(path: string): { readonly layer: string; readonly plugin: string | null } {
  const [, layer = '', ...rest] = path.split('/');
  return { layer, plugin: rest.length > 1 ? (rest[0] ?? null) : null };
}

function importsOf(file: SourceFile): { readonly specifier: string; readonly line: number }[] {
  const text = withoutComments(file.text);
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+|new URL\(\s*)(['"])([^'"\n]+)\1/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    specifier: match[2] ?? '',
    line: text.slice(0, match.index).split('\n').length,
  }));
}

function withoutStrings(line: string): string {
  return line.replaceAll(/(['"`])(?:\\.|(?!\1).)*\1/g, '$1$1');
}

/** Blanks comments and keeps the lines, so that prose about `process.env` breaks no law. A glob such as `release/**` opens no comment. */
function withoutComments(text: string): string {
  return text
    .replaceAll(/(?<![^\s({,;=])\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}
