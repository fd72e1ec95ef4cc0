import { LineCounter, parseDocument } from 'yaml';
import { redact } from '../../shared/secrets/redact.ts';
import type { Problem } from '../config-error.ts';
import { shownBrokenLine } from '../place/broken-line.ts';
import { type Path, type PlainKeys, YamlMap } from '../place/yaml-map.ts';
import { yamlSlip } from '../place/yaml-slips.ts';
import { withoutTests } from '../read/parse-config-file.ts';
import { list, mapping } from '../read/plain-data.ts';
import { substitute } from '../read/substitute.ts';
import { nameOfRule } from '../rule-of.ts';

/** A text of settings as it is written, before anything of the environment is put into it. */
export interface FileText {
  /** As it may be shown: without the secrets that stand in it. */
  readonly shown: string;
  /** Null: it is no YAML. */
  readonly written: WrittenText | null;
}

export interface WrittenText {
  readonly data: Readonly<Record<string, unknown>>;
  /** Every `${NAME}` in it. */
  readonly variables: readonly { readonly path: Path; readonly variable: string }[];
  /** How many tests it has. */
  readonly tests: number;
  /** The line on which a rule begins, counted from 1. Null: there is none of that name. */
  lineOfRule(name: string): number | null;
  problemAt(path: Path, part: 'key' | 'value', message: string): Problem;
}

/** `name`: how messages call the file. */
export function lookAt(text: string, name: string, plainKeys: PlainKeys): FileText {
  const whole = written(text, name, plainKeys);
  if (whole !== null) return { shown: redact(whole.map.shown()), written: whole };
  const rest = withoutTests(text);
  return { shown: shownBroken(text, plainKeys), written: rest === text ? null : written(rest, name, plainKeys) };
}

function written(text: string, name: string, plainKeys: PlainKeys): (WrittenText & { readonly map: YamlMap }) | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (yamlSlip(text, document) !== undefined) return null;
  let plain: unknown;
  try {
    plain = document.toJS();
  } catch {
    // Anchors multiplied beyond reason: whoever loads it says so.
    return null;
  }
  const map = new YamlMap(text, document, lines, plainKeys);
  const data = mapping(plain);
  const rules = list(data['rules']).map((rule, index) => mapping(rule)['name'] ?? nameOfRule(index));
  return {
    map,
    data,
    variables: substitute(data, {}).variables,
    tests: list(data['tests']).length,
    lineOfRule(rule) {
      const index = rules.indexOf(rule);
      return index < 0 ? null : map.quote(map.find(['rules', index], 'key')).line;
    },
    problemAt(path, part, message) {
      const { line, column, excerpt } = map.quote(map.find(path, part));
      return { where: `${name}:${line}:${column}`, message, excerpt };
    },
  };
}

/** Line by line: where YAML breaks, nobody knows what is a value. */
function shownBroken(text: string, plainKeys: PlainKeys): string {
  let section = '';
  const lines = text.split('\n').map((line) => {
    if (/^["']?\w+["']?\s*:/.test(line)) section = `${line}\n`;
    return /^\s*(?:#|$)/.test(line)
      ? line
      : shownBrokenLine({ text: line, offset: 0, length: 1 }, section, plainKeys).text;
  });
  return redact(lines.join('\n'));
}
