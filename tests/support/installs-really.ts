/** `npm run test:install` has npm install what it would install; else packages are taken from this checkout. */
export function installsReally(): boolean {
  return process.env['INSTALL'] === 'real';
}
