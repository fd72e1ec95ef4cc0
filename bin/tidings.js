#!/usr/bin/env node
// Plain JavaScript without static imports, optional chaining or top-level await: it must still parse on the old Node
// that it turns away (from 12 on).

var NEEDED = 24;
var found = process.versions.node;

if (Number(found.split('.')[0]) < NEEDED) {
  console.error(
    'Tidings needs Node.js ' + NEEDED + ' or newer, and this is Node.js ' + found + ' (' + process.execPath + ').',
  );
  console.error(
    'In a checkout, `npm start` and `npx tidings <command>` bring Node.js 24 by themselves (after `npm ci`).',
  );
  console.error('Elsewhere, install it from https://nodejs.org or with your version manager: `nvm install 24`.');
  process.exitCode = 2;
} else {
  launch().catch(function (error) {
    console.error(error);
    process.exitCode = 1;
  });
}

async function launch() {
  var codeCache = await import('./code-cache.js');
  var fs = await import('node:fs');
  codeCache.keepCompiledCode();
  var source = new URL('../src/main.ts', import.meta.url);
  // A checkout runs its sources as they are; Node refuses .ts below node_modules, so the package carries dist/.
  await import(fs.existsSync(source) ? source.href : new URL('../dist/main.js', import.meta.url).href);
}
