import { z } from 'zod';
import { appendsSchema } from './appendsSettings.ts';
import { dropFoldersSchema } from './dropFolderSettings.ts';
import { exportsSchema } from './exportsSettings.ts';
import { importsSchema } from './importsSettings.ts';
import { alertSettingsSchema, mailSettingsSchema } from './mailSettings.ts';
import { scheduleSchema } from './scheduleSettings.ts';
import { channelNameSchema, guidSchema, storeNumberSchema } from './sites.ts';
import { subscriptionsSchema } from './subscriptionsSettings.ts';
import { suspensionSettingsSchema } from './suspensionSettings.ts';
import { trustedServerSchema } from './trust.ts';

const noControlCharacters = (text: string) => !/\p{Cc}/u.test(text);
const line = (max: number) =>
  z.string().max(max).refine(noControlCharacters, 'Control characters are not allowed here.');

/** The proposed port for a protocol. */
export function defaultPort({
  protocol,
  implicitTls,
}: {
  readonly protocol: 'ftp' | 'sftp' | 'folder';
  readonly implicitTls: boolean;
}): number {
  if (protocol === 'sftp') return 22;
  return implicitTls ? 990 : 21;
}

/**
 * How many connections may be open at once. With interactive log-on it is one: each of them would ask the person
 * again, and a one-time code is good for one.
 */
export function connectionsAllowed({ protocol, logonType, connections }: FtpConfiguration): number {
  return protocol === 'sftp' && logonType === 'interactive' ? 1 : connections;
}

/** The FTP Configuration without its password, which lives in Secrets under `passwordKey`. */
export const ftpConfigurationSchema = z.strictObject({
  /** "Enable FTP". Off: files are packed and queued, and no connection is made. */
  enabled: z.boolean().default(true),
  /** `folder`: homeDir is a path on this machine or a share, and host, username and port are not used. */
  protocol: z.enum(['ftp', 'sftp', 'folder']).default('ftp'),
  host: line(255).default(''),
  homeDir: line(1000).default('/'),
  username: line(255).default(''),
  port: z.int().min(1).max(65_535).default(21),
  /** SFTP only. `interactive`: the server's own questions are shown to a person. */
  logonType: z.enum(['normal', 'interactive', 'key-file']).default('normal'),
  /** SFTP with logonType `key-file`: the private key's path. Its passphrase lives in Secrets. */
  keyFile: line(1000).optional(),
  /** SFTP with logonType `key-file`: the keys that an ssh-agent holds, in place of keyFile. */
  useSshAgent: z.boolean().default(false),
  /** "Enable SSL": explicit TLS (AUTH TLS), unless implicitTls. Both channels are protected. */
  enableSsl: z.boolean().default(false),
  implicitTls: z.boolean().default(false),
  minimumTlsVersion: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2'),
  /** PEM file of an authority to trust besides the public ones. */
  certificateAuthorityFile: line(1000).optional(),
  /** Upper-case hex pairs joined by `:`. A certificate with this fingerprint is trusted as it is. */
  pinnedFingerprintSha256: z
    .string()
    .regex(
      /^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/,
      'A SHA-256 fingerprint is 32 upper-case hex pairs joined by ":".',
    )
    .optional(),
  /** Who opens the data connection: this machine (true) or the server (false, active mode). */
  passiveMode: z.boolean().default(true),
  /** What to do with the address in a PASV reply. `automatic`: the control host, where the reply's address is private and the host's is not. */
  passiveAddress: z.enum(['automatic', 'use-it', 'control-host']).default('automatic'),
  activePorts: z
    .strictObject({ from: z.int().min(1024).max(65_535), through: z.int().min(1024).max(65_535) })
    .refine((range) => range.from <= range.through, 'The port range ends before it begins.')
    .optional(),
  /** The address to announce in PORT and EPRT where this machine is behind NAT. */
  activeAddress: z.union([z.ipv4(), z.ipv6()]).optional(),
  connections: z.int().min(1).max(32).default(4),
  /** Bounds for all connections together, so that transmissions leave room for others; 0: no bound. */
  uploadKilobytesPerSecond: z.number().min(0).max(10_000_000).default(0),
  downloadKilobytesPerSecond: z.number().min(0).max(10_000_000).default(0),
  connectTimeoutSeconds: z.number().min(1).max(600).default(20),
  replyTimeoutSeconds: z.number().min(1).max(600).default(60),
  /** A transfer during which no byte moves for this long is broken off. */
  stallTimeoutSeconds: z.number().min(1).max(3600).default(60),
  /** NOOP after this long without a command; 0 turns it off. */
  keepAliveSeconds: z.number().min(0).max(3600).default(30),
});
export type FtpConfiguration = z.infer<typeof ftpConfigurationSchema>;

/** The numbers of the delivery rules. */
export const deliverySchema = z.strictObject({
  retries: z.int().min(0).max(100).default(5),
  firstRetrySeconds: z.number().min(0).max(3600).default(1),
  longestRetrySeconds: z.number().min(0).max(86_400).default(60),
  /** A packet is closed when the files in it reach this size; one larger file still travels whole. */
  packetSizeMegabytes: z.number().min(0.001).max(100_000).default(64),
  packetFiles: z.int().min(1).max(100_000).default(10_000),
  /** A file counts as finished when size and time stay the same for this long. */
  settleSeconds: z.number().min(0).max(3600).default(2),
  /** What becomes of an outgoing file once its packet is queued. */
  afterPickup: z.enum(['move', 'keep', 'delete']).default('move'),
  /** What happens when an incoming file's name exists. */
  existingFile: z.enum(['keep-both', 'replace', 'refuse']).default('keep-both'),
  /** How long a sent packet is kept after its receipt. */
  backupDays: z.number().min(0).max(36_500).default(30),
  /** How long files stay in `sent/`. */
  sentDays: z.number().min(0).max(36_500).default(30),
  compressionLevel: z.int().min(1).max(19).default(3),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** The central site's view of its stores. */
const oversightSchema = z.strictObject({
  /** A store that was not heard of for this long is late. */
  lateAfterHours: z.number().min(0.1).max(8760).default(26),
  allowanceMegabytes: z.number().min(1).max(10_000_000).default(1000),
  /** Allowances of single stores, by store number. */
  storeAllowances: z.record(z.string(), z.number().min(1).max(10_000_000)).default({}),
});

/** How the desktop program behaves on this machine. */
const desktopSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Closing the window leaves the engine and the tray icon running. */
  keepRunningWhenClosed: z.boolean().default(true),
  startAtLogIn: z.boolean().default(false),
});

const siteSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('central'), name: line(200), guid: guidSchema, officeId: z.uuid() }),
  z.strictObject({
    role: z.literal('store'),
    storeNumber: storeNumberSchema,
    name: line(200),
    guid: guidSchema,
  }),
]);
export type Site = z.infer<typeof siteSchema>;

/** `settings.json` in the data directory. Everything but secrets; readable and editable by a person. */
export const settingsSchema = z.strictObject({
  formatVersion: z.literal(1),
  site: siteSchema,
  ftp: ftpConfigurationSchema.prefault({}),
  delivery: deliverySchema.prefault({}),
  suspension: suspensionSettingsSchema.prefault({}),
  mail: mailSettingsSchema.prefault({}),
  alerts: alertSettingsSchema.prefault({}),
  schedule: scheduleSchema.prefault({}),
  oversight: oversightSchema.prefault({}),
  desktop: desktopSchema.prefault({}),
  /** Servers whose certificate or host key a person has trusted. */
  trusted: z.array(trustedServerSchema).max(1000).default([]),
  channels: z.array(channelNameSchema).max(1000).default([]),
  /** Sets that arrive as CSV or ZIP and replace the one before. */
  imports: importsSchema,
  /** Datasets as CSV files for partners (central site). */
  exports: exportsSchema.default([]),
  /** Published sets that stores get (central site). */
  subscriptions: subscriptionsSchema.default([]),
  /** Channels whose files are added to datasets as rows. */
  appends: appendsSchema.default([]),
  dropFolders: dropFoldersSchema.prefault({}),
  /** Absolute paths; defaults are folders of the same name in the data directory. */
  folders: z
    .strictObject({
      outgoing: line(1000).optional(),
      incoming: line(1000).optional(),
      sent: line(1000).optional(),
      backup: line(1000).optional(),
      attachments: line(1000).optional(),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;
