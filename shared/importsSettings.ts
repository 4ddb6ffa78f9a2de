import { z } from 'zod';
import { datasetNameSchema, parsingSchema, setNameSchema } from './dataset.ts';
import { channelNameSchema } from './sites.ts';

/** Folders beside a drop folder's files that are Branchline's own, so no set can be named so. */
export const reservedFolders = ['claimed', 'test', 'rejected', 'done', 'unidentified', 'tmp'] as const;

/** `ratebooks`, `ratebooks/default`, or `ratebooks/*`: every folder in it is a set of its own. */
const importFolderSchema = z
  .string()
  .max(300)
  .regex(
    /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*(?:\/\*)?$/,
    'A folder is written like ratebooks/default, below the home directory; "/*" at its end makes every folder in it a set.',
  )
  .refine(
    (path) => !path.split('/').some((part) => reservedFolders.some((name) => name === part)),
    `These names are Branchline's own: ${reservedFolders.join(', ')}.`,
  )
  .refine(
    (path) => !/^(?:central|stores|all)(?:\/|$)/.test(path),
    'The folders central, stores and all hold packets.',
  );

const fromSchema = z.union([
  z.strictObject({ folder: importFolderSchema }),
  /** A channel of packets: files that stores, or the central site, send by it. */
  z.strictObject({ channel: channelNameSchema }),
]);

/** When a set is refused whole. */
const limitsSchema = z.strictObject({
  /** Of all rows. */
  mostRowErrorsPercent: z.number().min(0).max(100).default(5),
  /** Rows of the new set, against the published one; 0: no bound. */
  leastPreviousRowsPercent: z.number().min(0).max(1000).default(90),
  leastRows: z.int().min(0).max(1_000_000_000).default(1),
});
export type ImportLimits = z.infer<typeof limitsSchema>;

/** `automatic`: UTF-8, or UTF-16; anything else is refused, never guessed. */
const encodingSchema = z.enum(['automatic', 'windows-1252']);
export type ImportEncoding = z.infer<typeof encodingSchema>;

export const importChannelSchema = z.strictObject({
  /** For people and commands; lower case. */
  name: channelNameSchema,
  dataset: datasetNameSchema,
  /** With a folder that ends in "/*" each folder's own name is the set. */
  set: setNameSchema.default(() => setNameSchema.parse('default')),
  from: fromSchema,
  limits: limitsSchema.prefault({}),
  encoding: encodingSchema.default('automatic'),
  parsing: parsingSchema.prefault({}),
  /** How many archived editions are kept for undoing. */
  keepEditions: z.int().min(1).max(1000).default(5),
  /** What becomes of an imported file on the FTP site; a copy is kept here in any case. */
  afterImport: z.enum(['remove', 'move-to-done']).default('remove'),
  /** E-mail addresses; none: those of the mail settings. */
  recipients: z.array(z.email('An e-mail address is written like office@example.com.')).max(50).default([]),
  mailReport: z.enum(['always', 'with-problems', 'never']).default('always'),
  mailOnStart: z.boolean().default(false),
});
export type ImportChannel = z.infer<typeof importChannelSchema>;

/** Setting `imports`: sets that arrive as CSV or ZIP and replace the one before. */
export const importsSchema = z
  .array(importChannelSchema)
  .max(1000)
  .refine(
    (channels) => new Set(channels.map(({ name }) => name)).size === channels.length,
    'Two import channels have the same name.',
  )
  .refine(
    (channels) =>
      new Set(channels.map(({ from }) => JSON.stringify(from).toLowerCase())).size === channels.length,
    'Two import channels read from the same place.',
  )
  .default([]);
