import { commandName } from '../../src/cli/commands/connect/source/command-name.ts';
import type { Setup } from '../../src/model/plugin/setup.ts';

const WIDTH = 140;

/** What to click, for docs/sources/<name>.md, between `<!-- generated: setup -->` and `<!-- end -->`. */
export function withSetup(page: string, name: string, setup: Setup): string {
  const place = /(<!-- generated: setup -->\n)[^]*?(<!-- end -->)/;
  const text = listOf(setup, exampleIn(page, name), name);
  return page.replace(place, (_, before: string, after: string) => `${before}\n${text}\n\n${after}`);
}

interface Example {
  /** What the page calls its source. */
  readonly source: string;
  readonly variable: string;
}

function exampleIn(page: string, name: string): Example {
  const shape = new RegExp(
    String.raw`^ {2}([\w-]+):\n {4}provider: ${name}\n(?: {4}(?!secrets).*\n)*(?: {4}secrets: "\$\{(\w+)\}")?`,
    'm',
  );
  const [, source = name, variable = 'NOT_FOUND'] = shape.exec(page) ?? [];
  return { source, variable };
}

function listOf({ steps, first }: Setup, { source, variable }: Example, name: string): string {
  const url = `https://tidings.example.org/webhooks/${source}`;
  const items = steps.map((step, index) => {
    const text = step.replaceAll('{url}', url).replaceAll('{variable}', variable);
    return wrapped(`${index + 1}. ${text}`, '   ');
  });
  const command = `npx tidings connect ${commandName(name)}`;
  const after = `The last part of the URL is the source's name in tidings.yaml. \`${command}\` says all this with your own address, keeps the secret in \`.env\`, waits for the first delivery, and says whether its signature is right.`;
  return [...items, '', wrapped(`To cause a first delivery: ${first}`, ''), '', wrapped(after, '')].join('\n');
}

function wrapped(text: string, indent: string): string {
  // Code is not broken.
  const words = text.match(/(?:`[^`]*`|[^\s`])+/g) ?? [];
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : indent + word);
  }
  return lines.join('\n');
}
