import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ServerPackage } from './serverPackages.ts';

/** Where the servers' packages are unpacked: goes away with node_modules, is never part of the product. */
export const serverFolder = resolve(import.meta.dirname, '../../node_modules/.cache/branchline-servers');

// Written last, so that an unpacking that broke off in the middle is done again.
function stampOf(server: ServerPackage): string {
  return join(serverFolder, `.complete-${server.packages[0]}`);
}

/** True when the server and its libraries are there. */
export function isUnpacked(server: ServerPackage): boolean {
  return [stampOf(server), ...server.files.map((file) => join(serverFolder, file))].every((file) =>
    existsSync(file),
  );
}

export function markUnpacked(server: ServerPackage): void {
  mkdirSync(serverFolder, { recursive: true });
  writeFileSync(stampOf(server), '');
}
