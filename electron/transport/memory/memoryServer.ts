import { throwIfCancelled } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import { splitRemoteFilePath } from '../remotePath.ts';
import type { TransportFactory, TransportTraits } from '../transport.ts';
import { alreadyExists, tooManyConnections } from '../transportErrors.ts';
import { MemoryTransport } from './memoryTransport.ts';
import { type MemoryFolder, type MemoryNode, MemoryTree } from './memoryTree.ts';

export interface MemoryServerOptions {
  readonly clock: Clock;
  /** Uploads beyond it fail with `no-room`. Default: no bound. */
  readonly capacityBytes?: number;
  /** Default: false, a rename onto an existing file fails with `exists`. */
  readonly renameReplaces?: boolean;
  /** Default: true. */
  readonly resumesUploads?: boolean;
  /** Opening one more fails with `too-many-connections`. Default: no bound. */
  readonly maxConnections?: number;
}

/** A server in memory, for tests: one tree shared by all connections of all its factories. */
export interface MemoryServer {
  factory(label: string): TransportFactory;
  /** Every file by path, sorted by path, complete or not. The buffers are copies. */
  snapshot(): Map<string, Buffer>;
  /** Every folder by path, sorted, without the home directory. */
  folders(): string[];
  /** Puts a file there as a stranger would, with its folders; replaces an existing one. */
  put(path: string, content: Uint8Array): void;
  /** Room from now on; Infinity for no bound. Files that are there already stay. */
  setCapacity(bytes: number): void;
  readonly openConnections: number;
}

/**
 * Makes an empty memory server.
 *
 * Promise: full Transport semantics; a partial upload is visible while it is in progress; a rename is one
 *          step; no timers, so that a run under a fake clock never waits.
 */
export function createMemoryServer(options: MemoryServerOptions): MemoryServer {
  const tree = new MemoryTree(options.clock, options.capacityBytes ?? Number.POSITIVE_INFINITY);
  const limit = options.maxConnections ?? Number.POSITIVE_INFINITY;
  const traits: TransportTraits = {
    resumesUploads: options.resumesUploads ?? true,
    resumesDownloads: true,
    renameReplaces: options.renameReplaces ?? false,
    exactListings: true,
  };
  let openConnections = 0;

  return {
    get openConnections() {
      return openConnections;
    },
    factory: (label) => ({
      label,
      async open(openOptions) {
        throwIfCancelled(openOptions?.signal);
        if (openConnections >= limit) throw tooManyConnections(limit);
        openConnections += 1;
        const step = { ok: true, durationMs: 0 };
        openOptions?.onStep?.({ ...step, name: 'connect', detail: 'A server in memory.' });
        openOptions?.onStep?.({ ...step, name: 'home', detail: 'The home directory is there.' });
        return new MemoryTransport(tree, traits, () => {
          openConnections -= 1;
        });
      },
    }),
    snapshot() {
      const files = new Map<string, Buffer>();
      walk(tree.root, '', (path, node) => {
        if (node.kind === 'file') files.set(path, Buffer.from(node.bytes.subarray(0, node.sizeBytes)));
      });
      return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    folders() {
      const found: string[] = [];
      walk(tree.root, '', (path, node) => {
        if (node.kind === 'folder') found.push(path);
      });
      return found.sort();
    },
    put(path, content) {
      const parts = splitRemoteFilePath(path);
      const name = parts.at(-1) ?? '';
      const folder = tree.makeFolder(parts.slice(0, -1));
      const existing = folder?.entries.get(name);
      if (folder === undefined || existing?.kind === 'folder') throw alreadyExists(path);
      if (existing !== undefined) tree.unlink(folder, name, existing);
      tree.write(tree.createFile(folder, name), 0, content);
    },
    setCapacity(bytes) {
      tree.capacityBytes = bytes;
    },
  };
}

function walk(folder: MemoryFolder, prefix: string, visit: (path: string, node: MemoryNode) => void): void {
  for (const [name, node] of folder.entries) {
    visit(prefix + name, node);
    if (node.kind === 'folder') walk(node, `${prefix}${name}/`, visit);
  }
}
