import type { Key } from '../../model/plugin/plugin.ts';
import type { Rule } from '../../model/rule.ts';
import { originOf } from '../../shared/origin.ts';
import { Secret } from '../../shared/secret.ts';
import { MASK } from '../../shared/secrets/secret-shapes.ts';
import type { Config, DestinationConfig, SecretOrigin, Settings, SourceConfig } from '../config.ts';
import { adminTokenPath } from '../read/generated-secret.ts';
import type { Rows } from '../rows/rows.ts';
import { describeRetention } from './describe-retention.ts';
import { describeDirectory, describeReminder, describeRule, describeTest } from './describe-rules.ts';

type Plain = { readonly [key: string]: unknown };

/**
 * The resolved configuration as plain data without secrets: settings by their own names, then the sections of tidings.yaml
 * in its shape. A value that came out of a variable shows the variable's name instead.
 */
export function describeConfig(config: Config, rows: Rows): Plain {
  return {
    config: config.configPath ?? 'none',
    host: config.host,
    port: config.port,
    public_url: config.publicUrl,
    trusted_proxies: config.trustedProxies,
    data_dir: config.dataDir,
    database: config.database.kind === 'sqlite' ? `sqlite:${config.database.path}` : 'postgres: [secret]',
    log_level: config.logLevel,
    loopback_open: config.loopbackOpen,
    admin_token: config.adminToken ? MASK : `generated, kept in ${adminTokenPath(config.dataDir)}`,
    viewer_token: config.viewerToken ? MASK : 'none',
    ...Object.fromEntries(Object.entries(config.rowSettings).map(([name, value]) => [name, shown(value) ?? 'none'])),
    ngrok_authtoken: config.ngrokAuthtoken ? MASK : 'none',
    ngrok_domain: config.ngrokDomain ?? 'none',
    max_body_bytes: config.maxBodyBytes,
    max_in_flight_bytes: config.maxInFlightBytes,
    sources: Object.fromEntries(config.sources.map((source) => [source.name, describeSource(source, rows, config)])),
    destinations: Object.fromEntries(
      config.destinations.map((each) => [
        each.name,
        redacted(describeDestination(each, rows), `destinations.${each.name}`, config),
      ]),
    ),
    ...describePeople(config),
    retention: redacted(describeRetention(config.retention), 'retention', config),
    rules: config.rules.map((rule, index) => redactedRule(rule, index, config)),
    ...describeReminders(config),
    ...(config.tests.length > 0
      ? { tests: config.tests.map((test, index) => redacted(describeTest(test), `tests.${index}`, config)) }
      : {}),
  };
}

function describeSource(source: SourceConfig, { providers }: Rows, config: Config): Plain {
  const { name, provider, secrets, secretOrigin, settings, template } = source;
  return {
    provider,
    secrets: secrets.map(() => MASK),
    secrets_from: originInWords(secretOrigin),
    ...(template && redacted({ template: template.text }, `sources.${name}`, config)),
    ...describeSettings(settings, providers.get(provider)?.schema.keys ?? {}),
  };
}

function describeReminders(config: Config): Plain {
  if (config.reminders.length === 0) return {};
  const described = config.reminders.map((each) => {
    return [each.name, redacted(describeReminder(each), `reminders.${each.name}`, config)] as const;
  });
  return { reminders: Object.fromEntries(described) };
}

function describePeople(config: Config): Plain {
  const described = Object.entries(describeDirectory(config.directory, config.destinations));
  const sections = described.filter(([, section]) => Object.keys(section).length > 0);
  return Object.fromEntries(sections.map(([name, section]) => [name, redacted(section, name, config)]));
}

/** `GITHUB_WEBHOOK_MASK`, `tidings.yaml`, or the file of the generated one. */
function originInWords(origin: SecretOrigin): string {
  switch (origin.kind) {
    case 'environment':
      return origin.variable;
    case 'configured':
      return 'the configuration file';
    case 'generated':
      return `generated, kept in ${origin.path}`;
  }
}

function describeDestination({ type, ...destination }: DestinationConfig, { channels }: Rows): Plain {
  if (destination.settings !== null) {
    return { type, ...describeSettings(destination.settings, channels.get(type)?.schema.keys ?? {}) };
  }
  return {
    type,
    ...Object.fromEntries(Array.from(destination.variables, ([key, name]) => [key, `[${name} is not set]`])),
  };
}

/** What the row's keys say, each as its mark allows. */
function describeSettings(settings: Settings, keys: Readonly<Record<string, Key>>): Plain {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, { secret }]) => {
      const value = settings[key];
      return value === undefined ? [] : [[key, shown(value, secret)]];
    }),
  );
}

/** A secret without a mark is masked all the same. */
function shown(value: unknown, mark?: Key['secret']): unknown {
  if (value instanceof Secret) return mark === 'path' ? originOf(value.reveal()) : MASK;
  return mark === undefined ? value : MASK;
}

/** Without secrets. What it has from the defaults, or out of a list of repositories, came out of a variable there. */
export function redactedRule(rule: Rule, index: number, config: Config): Plain {
  const shared = (key: string) => (key === 'repos' ? ['defaults.repos', 'repos'] : [`defaults.${key}`]);
  return redactedAt(
    describeRule(rule),
    (key) => [`rules.${index}.${key}`, ...(Object.hasOwn(rule.from, key) ? shared(key) : [])],
    [...config.fromVariables],
  );
}

function redacted(plain: Plain, place: string, { fromVariables }: Config): Plain {
  // Logins and teams are in lower case here.
  const variables = Array.from(
    fromVariables,
    ([path, name]) => [place === 'people' || place === 'teams' ? path.toLowerCase() : path, name] as const,
  );
  return redactedAt(plain, (key) => [`${place}.${key}`], variables);
}

/** Whatever holds a value out of a variable at its places. Short forms of the file are longer here: all of it then. */
function redactedAt(
  plain: Plain,
  placesOf: (key: string) => readonly string[],
  variables: readonly (readonly [path: string, name: string])[],
): Plain {
  return Object.fromEntries(
    Object.entries(plain).map(([key, value]) => {
      const places = placesOf(key);
      const names = variables.filter(([path]) =>
        places.some((place) => path === place || path.startsWith(`${place}.`)),
      );
      if (names.length === 0 || value === MASK) return [key, value];
      return [key, `[from ${names.map(([, name]) => name).join(', ')}]`];
    }),
  );
}
