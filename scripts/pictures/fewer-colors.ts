import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = 8;
const MOST = 256;
/** Areas have these, edges of letters the others. */
const EXACT = 48;

interface Image {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel. */
  readonly pixels: Uint8Array;
}

/** The same picture, a third as large: text and signs need no more than 256 colours. https://www.w3.org/TR/png-3/ */
export function fewerColors(png: Buffer): Buffer {
  const { width, height, pixels } = imageIn(png);
  const palette = paletteOf(pixels);
  const nearest = nearestIn(palette);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      rows[y * (width + 1) + 1 + x] = nearest(colorAt(pixels, at));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colors = Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]));
  const chunks = [chunk('IHDR', header), chunk('PLTE', colors), chunk('IDAT', deflateSync(rows, { level: 9 }))];
  return Buffer.concat([png.subarray(0, SIGNATURE), ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

/** As browsers write it: 8 bits a colour, not interlaced. */
function imageIn(png: Buffer): Image {
  const [width, height, type] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25]];
  if (png[24] !== 8 || (type !== 2 && type !== 6)) throw new Error('not a PNG of 8 bits a colour');
  const size = type === 2 ? 3 : 4;
  const data: Buffer[] = [];
  for (let at = SIGNATURE; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = unfiltered(inflateSync(Buffer.concat(data)), width * size, size);
  const pixels = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < pixels.length; from += size, to += 3) pixels.set(raw.subarray(from, from + 3), to);
  return { width, height, pixels };
}

/** https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(rows: Buffer, stride: number, size: number): Uint8Array {
  const height = rows.length / (stride + 1);
  const raw = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < size ? 0 : (raw[at - size] ?? 0);
      const up = y === 0 ? 0 : (raw[at - stride] ?? 0);
      const corner = x < size || y === 0 ? 0 : (raw[at - stride - size] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, closest(left, up, corner)][filter] ?? 0;
      raw[at] = (rows[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return raw;
}

function closest(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Those that most pixels have, and of the others one of each shade. */
function paletteOf(pixels: Uint8Array): readonly number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 3) {
    const color = colorAt(pixels, at);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const colors = [...counts].toSorted(([a, x], [b, y]) => y - x || a - b).map(([color]) => color);
  const shades = new Map<number, number>();
  for (const color of colors.slice(EXACT)) {
    const shade = color & 0xf0f0f0;
    if (!shades.has(shade)) shades.set(shade, color);
  }
  return [...colors.slice(0, EXACT), ...shades.values()].slice(0, MOST);
}

function nearestIn(palette: readonly number[]): (color: number) => number {
  const known = new Map<number, number>();
  return (color) => {
    const found = known.get(color);
    if (found !== undefined) return found;
    let best = 0;
    for (let index = 1; index < palette.length; index++) {
      if (distance(palette[index] ?? 0, color) < distance(palette[best] ?? 0, color)) best = index;
    }
    known.set(color, best);
    return best;
  };
}

function distance(one: number, other: number): number {
  const [red, green, blue] = [16, 8, 0].map((by) => ((one >> by) & 255) - ((other >> by) & 255));
  return (red ?? 0) ** 2 + (green ?? 0) ** 2 + (blue ?? 0) ** 2;
}

function colorAt(pixels: Uint8Array, at: number): number {
  return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const made = Buffer.alloc(named.length + 8);
  made.writeUInt32BE(data.length, 0);
  made.set(named, 4);
  made.writeUInt32BE(crc32(named), named.length + 4);
  return made;
}
