import { z } from 'zod';
import { columnNameSchema, datasetNameSchema } from './dataset.ts';
import { channelNameSchema } from './sites.ts';

/** First folders of the home directory that belong to the exchange itself. */
const exchangeFolders = new Set(['central', 'stores', 'all', 'tmp', 'office.json']);

/** Folders within a drop folder that have a meaning of their own. */
const innerFolders = ['claimed', 'unidentified', 'test', 'rejected', 'done'] as const;

/** A folder of the FTP site that partners put files into, relative to the home directory. */
export const dropPathSchema = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (path) =>
      path
        .split('/')
        .every(
          (part) => /^[^\p{Cc}\\<>:"|?*]{1,100}$/u.test(part) && part.trim() === part && !/^\.+$/.test(part),
        ),
    'A folder on the FTP site is written like customerfiles/account_number: names joined by "/", without "/" at the ends.',
  )
  .refine(
    (path) => !exchangeFolders.has(path.split('/')[0]?.toLowerCase() ?? ''),
    'Packets travel through this folder; partners need one of their own.',
  );

const keyMark = '{key}';

/** Which part of a file's name (without its extension) is the key: `{key}` once, `*` any letters, `?` one letter. */
export const keyPatternSchema = z
  .string()
  .max(200)
  .refine(
    (pattern) => pattern.split(keyMark).length === 2,
    'A pattern has {key} exactly once, for example {key} or scan_{key}_*.',
  )
  .refine((pattern) => !/[\p{Cc}/\\]/u.test(pattern), 'A pattern is about file names: no "/" and no "\\".');

export const dropFolderSchema = z
  .strictObject({
    name: z
      .string()
      .max(60)
      .regex(
        /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/,
        'A name has lower-case letters and digits, in words joined by "-" or "_".',
      ),
    path: dropPathSchema,
    dataset: datasetNameSchema,
    /** The column that keys in file names are looked up in. */
    column: columnNameSchema,
    pattern: keyPatternSchema.default(keyMark),
    /** The column that names the store a customer belongs to; with a channel, files are sent on to that store. */
    storeColumn: columnNameSchema.optional(),
    forwardChannel: channelNameSchema.optional(),
  })
  .refine(
    (folder) => (folder.storeColumn === undefined) === (folder.forwardChannel === undefined),
    'To send files on, give both the column that names the store and the channel.',
  );
export type DropFolderSettings = z.infer<typeof dropFolderSchema>;

/** Where partners put files for customers. */
export const dropFoldersSchema = z.strictObject({
  /** A partner's file is taken when it has not changed for this long. */
  settleSeconds: z.number().min(0).max(86_400).default(10),
  folders: z
    .array(dropFolderSchema)
    .max(100)
    .default([])
    .refine(
      (folders) => new Set(folders.map(({ name }) => name)).size === folders.length,
      'Two drop folders have the same name.',
    )
    .refine(
      (folders) => new Set(folders.map(({ path }) => path.toLowerCase())).size === folders.length,
      'Two drop folders are the same folder of the FTP site.',
    )
    .refine(
      (folders) =>
        folders.every(({ path }) =>
          folders.every((other) =>
            innerFolders.every(
              (inner) => !`${path}/`.toLowerCase().startsWith(`${other.path}/${inner}/`.toLowerCase()),
            ),
          ),
        ),
      'A drop folder may not lie in the folder "unidentified" (or claimed, test, rejected, done) of another one.',
    ),
});

/** Drop folders that need only to be switched on, by name. */
export const dropFolderPresets = {
  'account-number': {
    name: 'account-number',
    path: 'customerfiles/account_number',
    dataset: 'customers',
    column: 'account_number',
  },
  'securitytrax-id': {
    name: 'securitytrax-id',
    path: 'customerfiles/securitytrax_id',
    dataset: 'customers',
    column: 'customer_id',
  },
} as const;
export type DropFolderPreset = keyof typeof dropFolderPresets;

/**
 * The key in a file's name; undefined when the name is not of that form.
 *
 * Shape:   the pattern is compared with the whole name without its extension; case does not count. Where it can be
 *          read in several ways, the key is as short as possible, and begins as early as possible.
 */
export function keyInName(name: string, pattern: string): string | undefined {
  const dot = name.lastIndexOf('.');
  const stem = [...(dot > 0 ? name.slice(0, dot) : name)];
  const [before = '', after = ''] = pattern.split(keyMark);
  const starts = matchedLengths([...before], stem);
  const ends = matchedLengths([...after].reverse(), stem.toReversed()).map((length) => stem.length - length);
  let best: { readonly from: number; readonly through: number } | undefined;
  for (const from of starts) {
    for (const through of ends) {
      if (through <= from) continue;
      if (best === undefined || through - from < best.through - best.from) best = { from, through };
    }
  }
  if (best === undefined) return undefined;
  const key = stem.slice(best.from, best.through).join('').trim();
  return key === '' ? undefined : key;
}

/** The lengths of the beginnings of a text that a pattern matches, growing. Work: pattern times text. */
function matchedLengths(pattern: readonly string[], text: readonly string[]): number[] {
  let reached = [true, ...text.map(() => false)];
  for (const mark of pattern) {
    const next = reached.map(() => false);
    for (const [at, isReached] of reached.entries()) {
      if (mark === '*') next[at] = isReached || (at > 0 && next[at - 1] === true);
      else if (isReached && at < text.length && (mark === '?' || same(mark, text[at] ?? '')))
        next[at + 1] = true;
    }
    reached = next;
  }
  return [...reached.keys()].filter((length) => reached[length]);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
