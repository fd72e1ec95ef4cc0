import type { Command } from 'commander';
import type { HurtEvent } from '../../model/inbox/integrity.ts';
import type { Checked } from '../../run/check-database.ts';
import { sizeWords } from '../../shared/terminal/size-words.ts';
import { iso, plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { progress } from '../progress.ts';
import { oneLine } from '../table.ts';

interface CheckOptions {
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('read all that is stored, and say what of it is damaged; also while Tidings runs')
    .addHelpText(
      'before',
      examples(context, [
        ['check', 'which events are hurt, and how to get them again'],
        ['check --json', 'a line for each of them; exit code 1 where there is one'],
      ]),
    )
    .addOption(json())
    .action((options: CheckOptions) => untilStopped(context, check(context, options)));
}

/** @throws CliError, exit code 1, when something is damaged */
async function check(context: Context, { json: isJson }: CheckOptions): Promise<void> {
  const config = await readConfig(context);
  const { checkDatabase } = await import('../../run/check-database.ts');
  const bar = progress(context, 'checked', null);
  const checked = await checkDatabase(config, {
    onStructure: (bytes) => context.say(`Checking ${sizeWords(bytes)} …`),
    onChecked: bar.step,
    onHurt: async (event) => {
      bar.end();
      await (isJson ? context.printJson(hurtJson(event)) : context.print(...hurtLines(event)));
    },
    isOver: () => context.io.stop.aborted,
  });
  bar.end();
  if (isJson) await context.printJson({ checked: checked.count, hurt: checked.hurt, structure: checked.structure });
  else if (checked.structure.length > 0) await context.print('Its structure:', ...checked.structure.map(indented));
  if (checked.hurt === 0 && checked.structure.length === 0) {
    context.say(`${plural(checked.count, 'event')} checked, and all is as it was written.`);
    return;
  }
  throw new CliError(EXIT.failed, verdict(checked, context));
}

function hurtLines({ id, damage, known }: HurtEvent): string[] {
  const who =
    known === null
      ? ''
      : ` · ${known.type}${known.repo === null ? '' : ` of ${known.repo}`} · ${known.state}, received ${iso(known.receivedAt)}, ` +
        `delivery ${known.deliveryId}`;
  return [oneLine(`Event ${id}${who}`), ...damage.map(indented)];
}

function indented(text: string): string {
  return `  ${oneLine(text)}`;
}

function hurtJson({ id, damage, known }: HurtEvent) {
  return {
    id,
    damage,
    source: known?.source ?? null,
    type: known?.type ?? null,
    delivery_id: known?.deliveryId ?? null,
    guid: known?.guid ?? null,
    repo: known?.repo ?? null,
    state: known?.state ?? null,
    received_at: known === null ? null : iso(known.receivedAt),
  };
}

function verdict({ structure, count, hurt }: Checked, { invocation }: Context): string {
  const what = [
    hurt > 0 ? `${hurt.toLocaleString('en-US')} of ${plural(count, 'event')} ${hurt === 1 ? 'is' : 'are'} hurt` : '',
    structure.length > 0 ? 'the structure of the file is damaged' : '',
  ].filter((text) => text !== '');
  const again =
    hurt > 0
      ? ` What was not told yet can be had again where it came from: \`${invocation} recover owner/repo\` within three days, or by its delivery.`
      : '';
  const then =
    structure.length > 0
      ? ' Stop Tidings and restore a backup, or recover the file: "When the file is damaged" in docs/operations.md.'
      : '';
  return `${what.join(', and ')}.${again}${then}`;
}
