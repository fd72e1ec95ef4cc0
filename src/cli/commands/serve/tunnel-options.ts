import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseOwner } from '../../../model/recovery.ts';
import { TUNNEL_KINDS, type TunnelKind } from '../../../model/tunnel.ts';
import { suggest } from '../../../shared/suggest.ts';

export function addTunnelOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--tunnel <kind>', `let webhooks reach this machine: ${TUNNEL_KINDS.join(', ')}`).argParser(parseKind),
    )
    .addOption(
      new Option('--tunnel-url <url>', 'the address to have: a domain reserved at ngrok, a smee channel').argParser(
        parseAddress,
      ),
    )
    .addOption(
      new Option('--update-hook <owner/repo>', "point this repository's (or organisation's) webhook there").argParser(
        parseHookOwner,
      ),
    );
}

function parseKind(text: string): TunnelKind {
  const kind = TUNNEL_KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  const near = suggest(text, TUNNEL_KINDS);
  throw new InvalidArgumentError(near ? `Did you mean ${near}?` : `Choose one of ${TUNNEL_KINDS.join(', ')}.`);
}

function parseAddress(text: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '') return text;
  throw new InvalidArgumentError('It is not an address that begins with https://.');
}

function parseHookOwner(text: string) {
  const owner = parseOwner(text);
  if (owner !== null) return owner;
  throw new InvalidArgumentError('It is neither a repository, such as acme/api, nor an organisation.');
}
