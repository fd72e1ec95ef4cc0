import type { Config, SourceConfig } from '../config/config.ts';
import type { StoredEvent } from '../model/event.ts';
import type { Provider } from '../model/plugin/provider.ts';
import type { Resign, Resigned } from '../model/resign.ts';
import { providerOf } from './sources.ts';

/** As the configured sources' providers sign. Who they are, and which headers of theirs are stored, is asked once. */
export function resignAs({ sources }: Pick<Config, 'sources'>): Resign {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const signers = new Map<string, Promise<Signer>>();
  const signerOf = (source: SourceConfig) => {
    const known = signers.get(source.name) ?? signerFor(source);
    signers.set(source.name, known);
    // What could not be had is asked for again.
    known.catch(() => signers.delete(source.name));
    return known;
  };

  return async ({ event, url, now }) => {
    const source = byName.get(event.source);
    if (source === undefined) return no(`no source "${event.source}" is configured any more: add it again`);
    try {
      const { provider, storedHeaders } = await signerOf(source);
      const [secret] = source.secrets;
      if (provider.sign === undefined) return no(`nobody but ${provider.title} can sign as ${provider.title} does`);
      if (secret === undefined) return no(`source "${event.source}" has no secret to sign with`);
      const { type, guid, body, headers: received } = event;
      const signed = await provider.sign({ url, type, guid, body, now, received }, secret, source.settings);
      return { ok: true, headers: provenBy(signed, event, storedHeaders) };
    } catch (error) {
      return no(error instanceof Error ? error.message : String(error));
    }
  };
}

interface Signer {
  readonly provider: Provider<unknown>;
  readonly storedHeaders: ReadonlySet<string>;
}

async function signerFor(source: SourceConfig): Promise<Signer> {
  const provider = await providerOf(source);
  const { storedHeaders } = await provider.source(source);
  return { provider, storedHeaders: new Set(storedHeaders) };
}

/**
 * What is stored is no proof, and what of it did not come would be a sample's, but for the type of a body that came in a query. Of what was asked for and not sent nothing is stored:
 * there it says what the event is.
 */
function provenBy(
  signed: Readonly<Record<string, string>>,
  { origin }: Pick<StoredEvent, 'origin'>,
  stored: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  if (origin === 'poll') return signed;
  return Object.fromEntries(Object.entries(signed).filter(([name]) => !stored.has(name) || name === 'content-type'));
}

function no(reason: string): Resigned {
  return { ok: false, reason };
}
