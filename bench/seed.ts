import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { databaseIn } from './data-dir.ts';
import { seedInto } from './seed/seed-into.ts';

const HELP = `npm run seed -- [--events 10000000] [--days 365] [--guids v1|v4] [--bodies short|full] DIR | postgres://…

  Fills an empty database, in a folder or on a server, with events that are decided and in part told.
  --days N    they came evenly over so many days, up to now (default: all of them now)
  --guids     as GitHub makes them (v1, by time), or without order (v4)
  --bodies    short ones of 2 kB take about the disk of full ones of 12 kB, in less time
  --from N    the number of the first: seeds of different numbers have no event in common
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '10000000' },
    days: { type: 'string', default: '0' },
    guids: { type: 'string', default: 'v1' },
    bodies: { type: 'string', default: 'short' },
    from: { type: 'string', default: '100000000' },
    help: { type: 'boolean', default: false },
  },
});

const [place] = positionals;
if (values.help || place === undefined) process.stdout.write(HELP);
else {
  const isServer = place.startsWith('postgres');
  if (!isServer) mkdirSync(place, { recursive: true });
  await seedInto(isServer ? place : databaseIn(place), {
    count: Number(values.events),
    from: Number(values.from),
    overMs: Number(values.days) * 86_400_000,
    guids: values.guids === 'v4' ? 'v4' : 'v1',
    bodies: values.bodies === 'full' ? 'full' : 'short',
    say: (line) => void process.stderr.write(`${line}\n`),
  });
}
