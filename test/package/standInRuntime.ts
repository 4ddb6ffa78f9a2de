import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What @electron/fuses looks for in Electron's program: it is followed by a version, a count and the fuses. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The order of Electron's fuses in their first version. Source: build/fuses/fuses.json5 of Electron. */
const fuseNames = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
  'browserV8Snapshot',
  'fileProtocolExtraPrivileges',
] as const;
/** How Electron comes. */
const fusesAsFetched = '10110001';

/** Makes a folder that electron-builder takes for Electron, whose own files come from outside the package registry. */
export function makeStandInRuntime(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const fuses = Buffer.from([1, fuseNames.length, ...Buffer.from(fusesAsFetched)]);
  const program = join(folder, 'electron');
  writeFileSync(program, Buffer.concat([Buffer.from(sentinel), fuses, Buffer.alloc(64)]));
  chmodSync(program, 0o755);
  writeFileSync(join(folder, 'LICENSE'), 'a licence');
}

/** The fuses of a packaged program that are on. */
export function enabledFuses(program: Buffer): string[] {
  const at = program.indexOf(sentinel) + sentinel.length + 2;
  return fuseNames.filter((_, index) => program.readUInt8(at + index) === '1'.charCodeAt(0));
}
