import { DockerfileParser, type JSONInstruction } from 'dockerfile-ast';

/** One COPY: from the context, or from the stage `from`. */
export interface Copied {
  readonly from: string | null;
  readonly sources: readonly string[];
  readonly target: string;
}

export interface Stage {
  readonly name: string | null;
  readonly image: string;
  readonly copies: readonly Copied[];
  /** The last USER, null when none is set: root. */
  readonly user: string | null;
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
  /** What each RUN runs, continued lines joined. */
  readonly runs: readonly string[];
  readonly instructions: readonly string[];
}

/** The stages in order; the last is the image. An instruction in shell form, where words are asked for, has none. */
export function readStages(text: string): readonly Stage[] {
  const file = DockerfileParser.parse(text);
  const starts = file.getFROMs().map((from) => from.getRange().start.line);
  return file.getFROMs().map((from, index) => {
    const inStage = within(starts[index] ?? 0, starts[index + 1] ?? Number.POSITIVE_INFINITY);
    return {
      name: from.getBuildStage(),
      image: from.getImage() ?? '',
      copies: inStage(file.getCOPYs()).map((copy) => {
        const words = copy.getArguments().map((argument) => argument.getValue());
        return {
          from: copy.getFromFlag()?.getValue() ?? null,
          sources: words.slice(0, -1),
          target: words.at(-1) ?? '',
        };
      }),
      user:
        inStage(file.getInstructions())
          .filter((instruction) => instruction.getKeyword() === 'USER')
          .at(-1)
          ?.getArgumentsContent() ?? null,
      env: Object.fromEntries(
        inStage(file.getENVs())
          .flatMap((env) => env.getProperties())
          .map((property) => [property.getName(), property.getValue() ?? '']),
      ),
      entrypoint: words(inStage(file.getENTRYPOINTs()).at(-1)),
      command: words(inStage(file.getCMDs()).at(-1)),
      healthcheck: healthWords(inStage(file.getHEALTHCHECKs()).at(-1)?.getRawArgumentsContent() ?? ''),
      runs: inStage(file.getInstructions())
        .filter((instruction) => instruction.getKeyword() === 'RUN')
        .map((instruction) => instruction.getArgumentsContent() ?? ''),
      instructions: inStage(file.getInstructions()).map((instruction) => instruction.getKeyword()),
    };
  });
}

function within(first: number, end: number) {
  return <T extends { getRange(): { readonly start: { readonly line: number } } }>(all: readonly T[]): readonly T[] =>
    all.filter((one) => one.getRange().start.line >= first && one.getRange().start.line < end);
}

function words(instruction: JSONInstruction | undefined): readonly string[] {
  return instruction?.getJSONStrings().map((text) => text.getJSONValue()) ?? [];
}

/** `--interval=30s CMD ["node", "x.js"]` → node, x.js */
function healthWords(text: string): readonly string[] {
  const list = /CMD\s+(\[.*\])\s*$/s.exec(text)?.[1];
  return list === undefined ? [] : (JSON.parse(list) as readonly string[]);
}
