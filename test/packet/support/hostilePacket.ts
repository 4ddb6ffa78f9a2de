import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { frontHeader, packetName, sha256 } from './packetFixture.ts';
import { paxEntry, type RawEntry, rawTar } from './rawTar.ts';

export interface HostileFile {
  readonly path: string;
  readonly content: string;
  /** Further fields of its header entry, or other values for the usual ones. */
  readonly lies?: Readonly<Record<string, unknown>>;
}

export interface HostilePlan {
  readonly files?: readonly HostileFile[];
  /** Other values for the header's fields, or fields that it does not have. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** The whole text of packet.json. */
  readonly headerText?: string;
  readonly manifest?: (honest: string) => string;
  readonly tagManifest?: (honest: string) => string;
  readonly bagit?: string;
  readonly bagInfo?: (honest: string) => string;
  /** Changes the entries of the tar. */
  readonly entries?: (honest: readonly RawEntry[]) => readonly RawEntry[];
  /** Changes the bytes of the tar. */
  readonly tar?: (honest: Buffer) => Buffer;
  readonly checksum?: boolean;
  /** Changes the compressed bytes. */
  readonly packed?: (honest: Buffer) => Buffer;
}

/** A packet that is well-formed but for what the plan says. With an empty plan it is a good packet. */
export function hostilePacket(plan: HostilePlan): Buffer {
  const files = plan.files ?? [
    { path: 'a.txt', content: 'alpha' },
    { path: 'b/c.txt', content: 'gamma' },
  ];
  const entries = files.map((file) => ({
    channel: 'daily-close',
    path: file.path,
    sizeBytes: Buffer.byteLength(file.content),
    sha256: sha256(file.content),
    modifiedMs: 0,
    ...file.lies,
  }));
  const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(file.content), 0);
  const bagInfo = `Payload-Oxum: ${bytes}.${files.length}\n`;
  const manifest = entries.map((entry) => `${entry.sha256}  data/${entry.channel}/${entry.path}\n`).join('');
  const tags = new Map([
    ['bagit.txt', plan.bagit ?? 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
    ['bag-info.txt', plan.bagInfo?.(bagInfo) ?? bagInfo],
    ['packet.json', plan.headerText ?? JSON.stringify({ ...frontHeader, files: entries, ...plan.header })],
    ['manifest-sha256.txt', plan.manifest?.(manifest) ?? manifest],
  ]);
  const tagManifest = [...tags].map(([name, text]) => `${sha256(text)}  ${name}\n`).join('');
  const tagEntry = (name: string, text: string): RawEntry => ({
    name: `${packetName}/${name}`,
    content: Buffer.from(text),
  });
  const front = [...tags].map(([name, text]) => tagEntry(name, text));
  const honest = [
    ...front.slice(0, 3),
    ...entries.flatMap((entry, index) =>
      payload(`${packetName}/data/${entry.channel}/${entry.path}`, files[index]?.content ?? ''),
    ),
    ...front.slice(3),
    tagEntry('tagmanifest-sha256.txt', plan.tagManifest?.(tagManifest) ?? tagManifest),
  ];
  const tar = rawTar(plan.entries?.(honest) ?? honest);
  const packed = zstdCompressSync(plan.tar?.(tar) ?? tar, {
    params: { [constants.ZSTD_c_checksumFlag]: plan.checksum === false ? 0 : 1 },
  });
  return plan.packed?.(packed) ?? packed;
}

/** The entry of a payload file; with a pax name where the plain field is too short. */
function payload(name: string, content: string): RawEntry[] {
  const entry = { name, content: Buffer.from(content) };
  const fits = Buffer.byteLength(name) <= 100;
  return fits ? [entry] : [paxEntry({ path: name }), { ...entry, name: 'PaxHeader' }];
}

export async function writeHostilePacket(folder: string, plan: HostilePlan): Promise<string> {
  const file = join(folder, `${packetName}.tar.zst`);
  await writeFile(file, hostilePacket(plan));
  return file;
}
