import { createHash } from 'node:crypto';
import { collectBytes } from './collectBytes.ts';
import { PacketRefusal } from './packet.ts';
import { quoteName } from './quoteName.ts';
import type { TarEntry } from './readTar.ts';
import { unsafeReason } from './safePath.ts';

/** Takes the entries of a packet's tar one by one, each of which must be the one that is asked for. */
export class EntryReader {
  /** SHA-256 of the tag files read so far, by name, in their order. */
  readonly tagHashes = new Map<string, string>();
  readonly #entries: AsyncIterator<TarEntry>;
  #top: string | undefined;

  constructor(entries: AsyncIterator<TarEntry>) {
    this.#entries = entries;
  }

  /**
   * The next entry, which must be a plain file of this name below the top folder.
   *
   * Errors: PacketRefusal `unsafe-name`, `unexpected-entry`, `not-a-packet` (already the first entry is another).
   */
  async file(name: string): Promise<TarEntry> {
    return await this.#expect(name, 'file');
  }

  async directory(name: string): Promise<void> {
    await this.#expect(name, 'directory');
  }

  /** A small file, whole. Errors: also PacketRefusal `too-large`. */
  async tagFile(name: string, largestBytes: number): Promise<Buffer> {
    const entry = await this.file(name);
    if (entry.sizeBytes > largestBytes) {
      throw new PacketRefusal('too-large', `The packet's ${name} has more than ${largestBytes} bytes.`);
    }
    const bytes = await collectBytes(entry.content);
    this.tagHashes.set(name, createHash('sha256').update(bytes).digest('hex'));
    return bytes;
  }

  /** Errors: PacketRefusal `unexpected-entry` when anything is left. */
  async end(): Promise<void> {
    const next = await this.#entries.next();
    if (next.done === true) return;
    this.#expectSafe(next.value);
    throw unexpected(`it has an entry too many, ${quoteName(next.value.name)}`);
  }

  async #expect(name: string, type: 'file' | 'directory'): Promise<TarEntry> {
    const next = await this.#entries.next();
    if (next.done === true) {
      if (this.#top === undefined)
        throw new PacketRefusal('not-a-packet', 'The file is not a packet: it is empty.');
      throw unexpected(`${quoteName(name)} is missing`);
    }
    const entry = next.value;
    this.#top ??= topOf(entry, name);
    const wanted = type === 'directory' ? `${this.#top}/${name}/` : `${this.#top}/${name}`;
    if (entry.name !== wanted && `${entry.name}/` !== wanted) {
      this.#expectSafe(entry);
      throw unexpected(`${quoteName(entry.name)} stands where ${quoteName(name)} belongs`);
    }
    if (entry.type !== type) throw unexpected(`${quoteName(entry.name)} is not a plain ${type}`);
    return entry;
  }

  #expectSafe(entry: TarEntry): void {
    const reason = unsafeReason(entry.name.replace(/\/$/, ''));
    if (reason === undefined) return;
    throw new PacketRefusal(
      'unsafe-name',
      `The name ${quoteName(entry.name)} in the packet is not safe: ${reason}.`,
    );
  }
}

/** The top folder, from the first entry. */
function topOf(entry: TarEntry, name: string): string {
  const top = entry.name.endsWith(`/${name}`) ? entry.name.slice(0, -name.length - 1) : undefined;
  if (top === undefined)
    throw new PacketRefusal('not-a-packet', `The file is not a packet: it does not begin with ${name}.`);
  const reason = top.includes('/') ? 'it lies in more than one folder' : unsafeReason(top);
  if (reason === undefined) return top;
  throw new PacketRefusal(
    'unsafe-name',
    `The name ${quoteName(entry.name)} in the packet is not safe: ${reason}.`,
  );
}

function unexpected(what: string): PacketRefusal {
  return new PacketRefusal('unexpected-entry', `The packet does not have the form of a packet: ${what}.`);
}
