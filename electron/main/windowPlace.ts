import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';

/** Where the window stood when it was closed. Without x and y the system chooses. */
export interface WindowPlace {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

const firstPlace: WindowPlace = { width: 1200, height: 800, maximized: false };

/** How much of the title bar must lie on a screen, so that the window can be taken hold of. */
const graspablePx = 100;

/** The remembered place, if any part of it is on a screen that is still there. */
export function readPlace(file: string, screens: readonly Rectangle[]): WindowPlace {
  const place = parsePlace(file);
  if (place === undefined) return firstPlace;
  const { x, y, ...size } = place;
  if (x === undefined || y === undefined) return size;
  const isGraspable = screens.some(
    (screen) =>
      x + size.width >= screen.x + graspablePx &&
      x <= screen.x + screen.width - graspablePx &&
      y >= screen.y &&
      y <= screen.y + screen.height - graspablePx,
  );
  return isGraspable ? place : size;
}

/** A place that cannot be written is forgotten; nobody is to be held up for it. */
export function writePlace(file: string, place: WindowPlace): void {
  try {
    writeFileSync(file, JSON.stringify(place));
  } catch {}
}

function parsePlace(file: string): WindowPlace | undefined {
  try {
    const { x, y, width, height, maximized } = JSON.parse(readFileSync(file, 'utf8'));
    if (!isSize(width) || !isSize(height)) return undefined;
    const size = { width, height, maximized: maximized === true };
    return Number.isInteger(x) && Number.isInteger(y) ? { ...size, x, y } : size;
  } catch {
    return undefined;
  }
}

function isSize(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 20_000;
}
