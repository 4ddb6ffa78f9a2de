import { type Command, Option } from 'commander';
import {
  type DropFolderPreset,
  type DropFolderSettings,
  dropFolderPresets,
  dropFolderSchema,
} from '../../../shared/dropFolderSettings.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { type Answer, done, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatTable } from '../output/formatTable.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { usageError } from '../usageError.ts';
import { runDropFolders } from './dropFoldersRun.ts';

interface AddOptions {
  readonly preset?: DropFolderPreset;
  readonly path?: string;
  readonly dataset?: string;
  readonly column?: string;
  readonly pattern?: string;
  readonly storeColumn?: string;
  readonly forwardChannel?: string;
}

function list(context: Context): Promise<Answer> {
  return context.withEngine((engine) => {
    const { folders } = requireSettings(engine).dropFolders;
    if (folders.length === 0) {
      return listing(
        [],
        [
          'There are no drop folders yet. Switch one on:',
          ...Object.values(dropFolderPresets).map(
            ({ name, path }) => `  branchline drop-folders add --preset ${name}   (${path}/)`,
          ),
        ],
      );
    }
    return listing(
      folders,
      formatTable(
        ['Name', 'Folder on the FTP site', 'File names are looked up in', 'Pattern', 'Sent on by'],
        folders.map((folder) => [
          folder.name,
          `${folder.path}/`,
          `${folder.dataset}.${folder.column}`,
          folder.pattern,
          folder.forwardChannel === undefined
            ? ''
            : `${folder.forwardChannel} (store: ${folder.storeColumn ?? ''})`,
        ]),
      ),
    );
  });
}

/** A folder from what was typed; a preset gives what was not. Errors: usage. */
function folderFrom(name: string | undefined, { preset, ...typed }: AddOptions): DropFolderSettings {
  const base = preset === undefined ? {} : dropFolderPresets[preset];
  const result = dropFolderSchema.safeParse({ ...base, ...(name === undefined ? {} : { name }), ...typed });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  const missing = issue?.code === 'invalid_type' && issue.message.includes('undefined');
  throw usageError(
    missing
      ? `A drop folder needs ${field === 'name' ? 'a name' : `--${field}`}.`
      : `${field === '' ? 'This drop folder' : field}: ${issue?.message ?? 'not allowed'}`,
    'For example: branchline drop-folders add contracts --path partners/contracts --dataset customers --column account_number',
  );
}

async function save(engine: Engine, folders: readonly DropFolderSettings[]): Promise<void> {
  const before = requireSettings(engine);
  await engine.saveSettings({ ...before, dropFolders: { ...before.dropFolders, folders } });
}

function add(context: Context, name: string | undefined, options: AddOptions): Promise<Answer> {
  const folder = folderFrom(name, options);
  return context.withEngine(async (engine) => {
    const settings = requireSettings(engine);
    const { folders } = settings.dropFolders;
    if (settings.site.role !== 'central')
      throw usageError('Only the central site looks into drop folders.', 'Do this at the central site.');
    const { forwardChannel } = folder;
    if (forwardChannel !== undefined && !settings.channels.includes(forwardChannel)) {
      throw usageError(
        `There is no channel "${forwardChannel}".`,
        `Add it first: branchline channels add ${forwardChannel}`,
      );
    }
    const clash = folders.find(({ name: known, path }) => known === folder.name || path === folder.path);
    if (clash !== undefined) {
      throw usageError(
        `There is a drop folder "${clash.name}" (${clash.path}) already.`,
        `To change it, remove it first: branchline drop-folders remove ${clash.name}`,
      );
    }
    await save(engine, [...folders, folder]);
    return done(folder, [
      `Partners can put files into ${folder.path}/ on the FTP site now.`,
      `  The name of each is looked up in ${folder.dataset}.${folder.column}; the next transmission takes them.`,
    ]);
  });
}

function remove(context: Context, name: string): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const { folders } = requireSettings(engine).dropFolders;
    const rest = folders.filter((folder) => folder.name !== name);
    if (rest.length === folders.length)
      throw usageError(`There is no drop folder "${name}".`, 'See: branchline drop-folders list');
    await save(engine, rest);
    return done({ removed: name }, [
      `Removed ${name}. Its files stay on the FTP site, and what is attached stays attached.`,
    ]);
  });
}

export function addDropFolders(program: Command, act: Act): void {
  const folders = program
    .command('drop-folders')
    .summary('folders that partners put files for customers into')
    .description(
      'Folders of the FTP site that partners put files into with any FTP program. Each file is attached to the customer that its name says, at the central site.',
    );
  addExamples(folders, [
    'branchline drop-folders add --preset account-number',
    'branchline drop-folders run',
  ]);
  addExamples(
    folders
      .command('list')
      .description('Lists the drop folders.')
      .action(() => act(list)),
    ['branchline drop-folders list'],
  );
  addExamples(
    folders
      .command('add [name]')
      .description('Adds a drop folder: one of the built-in ones, or one of your own.')
      .addOption(
        new Option('--preset <preset>', 'switch on a built-in one').choices(Object.keys(dropFolderPresets)),
      )
      .option('--path <folder>', 'the folder on the FTP site, below Home Dir')
      .option('--dataset <dataset>', 'the dataset that the customers are in')
      .option('--column <column>', 'the column that file names are looked up in')
      .option('--pattern <pattern>', 'which part of the name is looked up: {key} once, * and ? for the rest')
      .option('--store-column <column>', 'the column that names the store a customer belongs to')
      .option('--forward-channel <channel>', 'send attached files on to that store by this channel')
      .action((name: string | undefined, options: AddOptions) =>
        act((context) => add(context, name, options)),
      ),
    [
      'branchline drop-folders add --preset account-number',
      'branchline drop-folders add scans --path partners/scans --dataset customers --column account_number --pattern "scan_{key}_*"',
      'branchline drop-folders add --preset securitytrax-id --store-column store --forward-channel documents',
    ],
  );
  addExamples(
    folders
      .command('remove <name>')
      .description('Removes a drop folder. Nothing is deleted on the FTP site or here.')
      .action((name: string) => act((context) => remove(context, name))),
    ['branchline drop-folders remove scans'],
  );
  addExamples(
    folders
      .command('run [name]')
      .description('Looks into the drop folders now: all, or one.')
      .action((name: string | undefined) => act((context) => runDropFolders(context, name))),
    ['branchline drop-folders run', 'branchline drop-folders run account-number --json'],
  );
}
