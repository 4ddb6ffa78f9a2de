// Draws the program's icons, without any drawing program: node build/icons/drawIcons.ts
// A central office and its stores, joined by lines, on a blue tile; the tray's pictures are the same without a tile.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeIcns, encodeIco, encodePng } from './encodeIcons.ts';

type Color = readonly [red: number, green: number, blue: number];
type Point = readonly [x: number, y: number];

const blue: Color = [28, 126, 214];
const white: Color = [255, 255, 255];
const center: Point = [0.3, 0.5];
const stores: readonly Point[] = [
  [0.72, 0.24],
  [0.76, 0.5],
  [0.72, 0.76],
];

function distanceToSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

function isOnFigure(point: Point): boolean {
  const near = (to: Point, radius: number) => Math.hypot(point[0] - to[0], point[1] - to[1]) <= radius;
  return (
    near(center, 0.14) ||
    stores.some((store) => near(store, 0.09) || distanceToSegment(point, center, store) <= 0.035)
  );
}

function isOnTile([x, y]: Point): boolean {
  const radius = 0.2;
  const dx = Math.max(Math.abs(x - 0.5) - (0.5 - radius), 0);
  const dy = Math.max(Math.abs(y - 0.5) - (0.5 - radius), 0);
  return Math.hypot(dx, dy) <= radius;
}

/** Averages over the samples of a pixel: the edges are smooth. */
function draw(size: number, colorAt: (point: Point) => Color | undefined): Buffer {
  const samples = 6;
  const pixels = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const sum = [0, 0, 0];
      let hits = 0;
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const x = (column + ((sample % samples) + 0.5) / samples) / size;
        const y = (row + (Math.floor(sample / samples) + 0.5) / samples) / size;
        const color = colorAt([x, y]);
        if (color === undefined) continue;
        hits += 1;
        for (const part of [0, 1, 2] as const) sum[part] = (sum[part] ?? 0) + color[part];
      }
      const at = (row * size + column) * 4;
      for (const [part, value] of sum.entries())
        pixels[at + part] = hits === 0 ? 0 : Math.round(value / hits);
      pixels[at + 3] = Math.round((hits / samples ** 2) * 255);
    }
  }
  return encodePng(pixels, size);
}

const tile = (size: number) =>
  draw(size, (point) => (isOnFigure(point) ? white : isOnTile(point) ? blue : undefined));
const figure = (size: number, color: Color) => draw(size, (point) => (isOnFigure(point) ? color : undefined));

const write = (name: string, data: Buffer) => writeFileSync(join(import.meta.dirname, name), data);

write('icon.png', tile(512));
write('icon.ico', encodeIco([16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, png: tile(size) }))));
write('icon.icns', encodeIcns([32, 64, 128, 256, 512, 1024].map((size) => ({ size, png: tile(size) }))));
const trayColors: Readonly<Record<string, Color>> = {
  idle: [47, 158, 68],
  busy: blue,
  attention: [232, 89, 12],
  lost: [134, 142, 150],
};
for (const [name, color] of Object.entries(trayColors)) {
  write(`tray-${name}.png`, figure(16, color));
  write(`tray-${name}@2x.png`, figure(32, color));
}
