const { openSync, readSync } = require('node:fs');

// `--require`d by a real process and its threads, before anything else: the clock that `systemClock` reads is off by what stands in a file of eight
// bytes, ms as a double. Read anew each time, so that all who share the file are moved in the same moment. JavaScript, which costs
// each of a thousand starts nothing to speak of.

const path = process.env['TIDINGS_TEST_CLOCK'];
if (path !== undefined) {
  const file = openSync(path, 'r');
  const bytes = new Float64Array(1);
  const real = Date.now;
  Date.now = () => {
    readSync(file, bytes, 0, 8, 0);
    return real() + Math.round(bytes[0] ?? 0);
  };
}
