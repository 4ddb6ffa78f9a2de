import type { PacketHeader } from '../../../shared/packetHeader.ts';
import { formatBytes, formatCount, formatTime } from './formatAmounts.ts';
import { formatTable } from './formatTable.ts';

const shownFiles = 200;

/** What a packet says of itself, and what is in it. */
export function describePacket(header: PacketHeader): string[] {
  const total = header.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const number =
    header.through === header.sequence ? `${header.sequence}` : `${header.sequence} to ${header.through}`;
  const hidden = header.files.length - shownFiles;
  return [
    ...formatTable(undefined, [
      ['  From', `${header.from} to ${header.to}, number ${number}`],
      ['  Made', `${formatTime(header.createdMs)}${header.usage === 'test' ? ', for testing' : ''}`],
      ['  Id', header.packetId],
      [
        '  Holds',
        header.kind === 'void'
          ? 'no files: it stands for numbers that will not come'
          : `${formatCount(header.files.length, 'file')}, ${formatBytes(total)}`,
      ],
    ]),
    ...formatTable(
      undefined,
      header.files
        .slice(0, shownFiles)
        .map((file) => [`    ${file.channel}`, formatBytes(file.sizeBytes), file.path]),
      [1],
    ),
    ...(hidden > 0 ? [`    … and ${formatCount(hidden, 'more file', 'more files')}`] : []),
  ];
}
