import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onPath } from '../../../shared/files/on-path.ts';

type Env = Readonly<Record<string, string | undefined>>;

const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** What shows an address to the person at this machine. Null: nothing, or nobody sits here. */
export function openerOf(platform: NodeJS.Platform, env: Env): readonly string[] | null {
  const [name = 'xdg-open', ...args] = OPENERS[platform] ?? [];
  // Over ssh, and in a container, there is no screen.
  const hasScreen = platform in OPENERS || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  const program = hasScreen ? onPath(name, env['PATH']) : null;
  return program === null ? null : [program, ...args];
}

/** False: it could not be opened. */
export async function openBrowser(address: string, env: Env): Promise<boolean> {
  const [program, ...args] = openerOf(process.platform, env) ?? [];
  if (program === undefined) return false;
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true, windowsHide: true });
  try {
    await once(child, 'spawn');
  } catch {
    return false;
  }
  // A browser that was not running yet stays until it is closed.
  child.unref();
  return true;
}
