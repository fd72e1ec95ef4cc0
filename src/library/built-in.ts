import { resolve } from 'node:path';
import { generatedSecret as generate } from '../config/read/generated-secret.ts';
import { consoleDestination as createConsole } from '../destinations/console/console-destination.ts';
import { httpDestination as createHttp } from '../destinations/http/http-destination.ts';
import { slackDestination as createSlack } from '../destinations/slack/slack-destination.ts';
import type { Destination } from '../model/destination.ts';
import type { Source } from '../model/source.ts';
import { Secret } from '../shared/secret.ts';
import { githubSource as createGithub } from '../sources/github/github-source.ts';

// The built-in rooms with the defaults that tidings.yaml has. Secrets may be given as plain text.

export interface GithubOptions {
  /** The last part of its address, `/webhooks/<name>`. Default `github`. */
  readonly name?: string;
  /** All are tried while one is being replaced. What is undefined or empty is left out. */
  readonly secrets: readonly (string | Secret | undefined)[];
}

/**
 * GitHub's webhooks.
 * @throws TypeError without a secret: nothing could ever be verified
 */
export function githubSource({ name = 'github', secrets }: GithubOptions): Source {
  const given = secrets.map((secret) => secretOf(secret ?? '')).filter((secret) => secret.reveal() !== '');
  if (given.length === 0) throw new TypeError(`source "${name}" needs a secret: the one set at GitHub's webhook`);
  return createGithub({ name, secrets: given });
}

/**
 * The secret kept in `folder` (`github-secret`, readable by its owner only), made when there is none. `tidings send` signs
 * with the same one, where DATA_DIR is that folder.
 * @throws ConfigError when it can be neither read nor made
 */
export function generatedSecret(folder: string): Secret {
  return generate(resolve(folder)).secret;
}

export interface SlackOptions {
  readonly name: string;
  /** An incoming webhook of Slack, or of a host that takes the same. */
  readonly webhookUrl: string | Secret;
  /** Messages a second. Default 1, Slack's own limit for a channel; 0: no pace. */
  readonly perSecond?: number;
}

/** One Slack channel behind an incoming webhook. */
export function slackDestination({ name, webhookUrl, perSecond = 1 }: SlackOptions): Destination {
  return createSlack({ name, webhookUrl: secretOf(webhookUrl), perSecond });
}

export interface HttpOptions {
  readonly name: string;
  /** Of it only the origin is ever shown. */
  readonly url: string | Secret;
  /** Standard Webhooks form, `whsec_` + base64. Without one, requests are not signed. */
  readonly secret?: string | Secret;
  /** Requests in flight at once; more than 1 gives up order. Default 1. */
  readonly concurrency?: number;
  /** Default 10 s. */
  readonly timeoutMs?: number;
}

/**
 * An endpoint that gets every activity as JSON.
 * @throws Error when the secret is not of that form
 */
export function httpDestination({ url, secret, ...options }: HttpOptions): Destination {
  return createHttp({ ...options, url: secretOf(url), secret: secret === undefined ? null : secretOf(secret) });
}

export interface ConsoleOptions {
  /** Default `console`. */
  readonly name?: string;
  /** Default: standard output. What it returns is waited for. */
  readonly write?: (text: string) => void | Promise<void>;
  /** Default: no colours. */
  readonly color?: boolean;
  /** Columns; default 80. */
  readonly width?: number;
}

/** Cards in the terminal. */
export function consoleDestination(options: ConsoleOptions = {}): Destination {
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    });
  return createConsole({ name: 'console', write, color: false, width: 80, ...options });
}

function secretOf(value: string | Secret): Secret {
  return value instanceof Secret ? value : new Secret(value);
}
