/** A tar entry whose every field is free: it need not make sense. */
export interface RawEntry {
  readonly name: string;
  readonly content?: Buffer;
  /** The typeflag byte: `0` file, `1` link, `2` symlink, `3` and `4` devices, `5` folder, `6` fifo, `x` pax … */
  readonly type?: string;
  readonly linkname?: string;
  /** What the header says; the content's own size otherwise. */
  readonly size?: number;
  /** The bytes of the size field, when even a number is too honest. */
  readonly sizeField?: Buffer;
  readonly magic?: string;
}

/**
 * Tar bytes from raw entries. Shares no code with what it tests.
 *
 * Source: POSIX.1-2017 pax, "ustar Interchange Format".
 */
export function rawTar(entries: readonly RawEntry[], end: Buffer = Buffer.alloc(1024)): Buffer {
  return Buffer.concat([...entries.flatMap((entry) => [rawTarHeader(entry), padded(entry.content)]), end]);
}

/** The entries that give the next one these pax records. */
export function paxEntry(records: Readonly<Record<string, string>>): RawEntry {
  const lines = Object.entries(records).map(([key, value]) => paxRecord(key, value));
  return { name: 'PaxHeader', type: 'x', content: Buffer.concat(lines) };
}

function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length += 1;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function rawTarHeader(entry: RawEntry): Buffer {
  const header = Buffer.alloc(512);
  header.write(entry.name, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  const size = entry.size ?? entry.content?.length ?? 0;
  if (entry.sizeField === undefined) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  else entry.sizeField.copy(header, 124);
  header.write('00000000000\0', 136);
  header.write(entry.type ?? '0', 156);
  header.write(entry.linkname ?? '', 157, 100);
  header.write(entry.magic ?? 'ustar\u000000', 257);
  header.write('        ', 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function padded(content: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
