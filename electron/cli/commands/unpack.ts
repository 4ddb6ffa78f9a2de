import { readdirSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done } from '../answer.ts';
import { describePacket } from '../output/describePacket.ts';
import { safeText } from '../output/safeText.ts';
import { packetFile } from '../packetFile.ts';
import { usageError } from '../usageError.ts';

/** A folder of its own, so that nothing is overwritten. Errors: usage. */
function destinationFor(file: string, to: string | undefined): string {
  if (to?.trim() === '') throw usageError('--to is empty.', 'Name a folder: --to ./opened');
  const folder = resolve(to ?? basename(file).replace(/\.tar\.zst$/i, ''));
  const found = folder.includes('\0') ? undefined : statSync(folder, { throwIfNoEntry: false });
  if (folder === file || found?.isDirectory() === false) {
    throw usageError(`${JSON.stringify(folder)} is a file, not a folder.`, 'Name another folder with --to.');
  }
  if (found !== undefined && readdirSync(folder).length > 0) {
    throw usageError(
      `The folder ${JSON.stringify(folder)} is not empty.`,
      'Name a new or empty folder with --to, so that nothing is overwritten.',
    );
  }
  return folder;
}

export function addUnpack(program: Command, act: Act): void {
  const command = program
    .command('unpack <file>')
    .summary('open a packet file by hand')
    .description(
      'Checks a packet file and puts its files in a folder. Needs no set-up, and is not an import.',
    )
    .option('--to <folder>', 'a new or empty folder; without it, one named like the packet, here')
    .action((typed: string, options: { to?: string }) =>
      act(async (context) => {
        const file = packetFile(typed);
        const folder = destinationFor(file, options.to);
        const header = await context.parts.packetTools.unpack(file, folder);
        return done({ folder, header }, [`Unpacked into ${safeText(folder)}`, ...describePacket(header)]);
      }),
    );
  addExamples(command, [
    'branchline unpack 0012-central-00000042-k3f9q2m7.tar.zst',
    'branchline unpack packet.tar.zst --to ./opened',
  ]);
}
