import { type SetName, setNameSchema } from '../../shared/dataset.ts';
import type { ImportMode } from '../../shared/importReport.ts';
import { type ImportChannel, reservedFolders } from '../../shared/importsSettings.ts';
import type { TransportPool } from '../transport/transport.ts';

/** A folder of the FTP site whose files are imported. */
export interface ImportFolder {
  readonly path: string;
  readonly set: SetName;
  readonly mode: Extract<ImportMode, 'real' | 'test'>;
}

/**
 * The folders of a channel: its own, or every folder in it that can be a set's name; and beside each, its `test`.
 *
 * Shape: `told` is given each name of a folder that can be no set's.
 */
export async function importFolders(
  channel: ImportChannel,
  pool: TransportPool,
  { signal, told }: { readonly signal: AbortSignal; told(folder: string): void },
): Promise<ImportFolder[]> {
  if (!('folder' in channel.from)) return [];
  const { folder } = channel.from;
  if (!folder.endsWith('/*')) return withTest(folder, channel.set);
  const parent = folder.slice(0, -2);
  const entries = await pool.use(async (transport) => {
    await transport.makeFolder(parent, { signal });
    return await transport.list(parent, { signal });
  }, signal);
  return entries
    .filter(({ kind, name }) => kind === 'folder' && !isReserved(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => {
      const set = setNameSchema.safeParse(name);
      if (set.success) return withTest(`${parent}/${name}`, set.data);
      told(`${parent}/${name}`);
      return [];
    });
}

function withTest(path: string, set: SetName): ImportFolder[] {
  return [
    { path, set, mode: 'real' },
    { path: `${path}/test`, set, mode: 'test' },
  ];
}

function isReserved(name: string): boolean {
  return reservedFolders.some((own) => own === name.toLowerCase());
}
