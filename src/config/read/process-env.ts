/** Environment variables by name. One that is empty counts as not set. */
export type Env = Readonly<Record<string, string | undefined>>;

/** The one place where Tidings looks at the environment of its process. */
export function processEnv(): Env {
  return process.env;
}
