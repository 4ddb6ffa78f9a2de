import { z } from 'zod';
import { ExchangeError } from './errors.ts';
import { type Delivery, type FtpConfiguration, type Settings, settingsSchema } from './settings.ts';

const ftpLabels: Record<keyof FtpConfiguration, string> = {
  enabled: 'Enable FTP',
  protocol: 'Protocol',
  host: 'Host',
  homeDir: 'Home Dir',
  username: 'Username',
  port: 'Port',
  logonType: 'Logon Type',
  keyFile: 'Key file',
  useSshAgent: 'Use the ssh-agent',
  enableSsl: 'Enable SSL',
  implicitTls: 'Implicit TLS',
  minimumTlsVersion: 'Lowest TLS version',
  certificateAuthorityFile: 'Certificate authority file',
  pinnedFingerprintSha256: 'Pinned certificate fingerprint',
  passiveMode: 'Passive Mode',
  passiveAddress: 'Passive address',
  activePorts: 'Active mode ports',
  activeAddress: 'Active mode address',
  connections: 'Connections',
  uploadKilobytesPerSecond: 'Highest upload rate in kilobytes a second',
  downloadKilobytesPerSecond: 'Highest download rate in kilobytes a second',
  connectTimeoutSeconds: 'Connect timeout in seconds',
  replyTimeoutSeconds: 'Reply timeout in seconds',
  stallTimeoutSeconds: 'Stall timeout in seconds',
  keepAliveSeconds: 'Keep-alive in seconds',
};

const deliveryLabels: Record<keyof Delivery, string> = {
  retries: 'Retries per packet',
  firstRetrySeconds: 'First retry after, in seconds',
  longestRetrySeconds: 'Longest time between retries, in seconds',
  packetSizeMegabytes: 'Packet size in megabytes',
  packetFiles: 'Files per packet',
  settleSeconds: 'A file counts as finished after, in seconds',
  afterPickup: 'After pick-up',
  existingFile: 'When an incoming name exists',
  backupDays: 'Keep sent packets, in days',
  sentDays: 'Keep sent files, in days',
  compressionLevel: 'Compression level',
};

const otherLabels: Record<string, string> = {
  formatVersion: 'Format version',
  site: 'Site',
  'site.role': 'Role',
  'site.storeNumber': 'Store number',
  'site.name': 'Site name',
  'site.guid': 'Site GUID',
  'site.officeId': 'Office id',
  channels: 'Channels',
  trusted: 'Trusted servers',
  'suspension.failures': 'Failures in a row before suspending',
  'suspension.minutes': 'Suspended for, in minutes',
  'mail.host': 'Mail server',
  'mail.port': 'Port of the mail server',
  'mail.security': 'Security of the mail server',
  'mail.username': 'Username at the mail server',
  'mail.sender': 'Sender of e-mails',
  'mail.recipients': 'Recipients of e-mails',
  'mail.certificateAuthorityFile': 'Certificate authority file of the mail server',
  'alerts.suspension': 'E-mail a suspension',
  'alerts.skippedPacket': 'E-mail a skipped packet',
  'alerts.untrustedServer': 'E-mail an untrusted server',
  'alerts.failedImport': 'E-mail a failed import',
  'alerts.lateStore': 'E-mail a late store',
  'schedule.enabled': 'Transmit by schedule',
  'schedule.everyMinutes': 'Every so many minutes',
  'schedule.from': 'From (time of day)',
  'schedule.through': 'Through (time of day)',
  'schedule.at': 'At these times',
  'schedule.spread': 'Spread the stores',
  'oversight.lateAfterHours': 'A store is late after, in hours',
  'oversight.allowanceMegabytes': 'Allowance per store, in megabytes',
  'oversight.storeAllowances': 'Allowances of single stores',
  'desktop.theme': 'Appearance',
  'desktop.keepRunningWhenClosed': 'Keep running when the window is closed',
  'desktop.startAtLogIn': 'Start at log-in',
  imports: 'Import channels',
  exports: 'Exports',
  subscriptions: 'Subscriptions',
  appends: 'Channels that fill datasets',
  'folders.outgoing': 'Outgoing folder',
  'folders.incoming': 'Incoming folder',
  'folders.sent': 'Sent folder',
  'folders.backup': 'Backup folder',
  'folders.attachments': 'Attachments folder',
  'dropFolders.settleSeconds': "A partner's file counts as finished after, in seconds",
  'dropFolders.folders': 'Drop folders',
};

/** Every setting's name for people, by its path in `settings.json`. */
const settingLabels: Readonly<Record<string, string>> = {
  ...otherLabels,
  ...Object.fromEntries(Object.entries(ftpLabels).map(([key, label]) => [`ftp.${key}`, label])),
  ...Object.fromEntries(Object.entries(deliveryLabels).map(([key, label]) => [`delivery.${key}`, label])),
};

/** The part of a JSON Schema that says which values a setting may have. */
const ruleSchema = z.object({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Takes settings as a person or a program wrote them.
 *
 * Errors: fix: `invalid-settings`: one plain sentence per problem, naming the setting and the values it may have.
 */
export function parseSettings(value: unknown): Settings {
  const { data: version } = versionSchema.safeParse(value);
  if (version !== undefined && version.formatVersion > 1) {
    throw new ExchangeError({
      code: 'invalid-settings',
      class: 'fix',
      message: `These settings were written by a newer Branchline (format ${version.formatVersion}; this one knows 1).`,
      advice: 'Install the newer version again; this one would lose what it does not know.',
    });
  }
  const parsed = settingsSchema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new ExchangeError({
    code: 'invalid-settings',
    class: 'fix',
    message: problems(parsed.error).join(' '),
    advice: 'Correct this and try again; nothing was changed.',
  });
}

const versionSchema = z.object({ formatVersion: z.number() });

/** A file that is wrong all over is not listed to the end. */
const mostProblems = 5;

function problems(error: z.ZodError): string[] {
  return error.issues.slice(0, mostProblems).flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys
        .slice(0, mostProblems)
        .map((key) => `There is no setting "${[...path, key].join('.').slice(0, 100)}".`);
    }
    return [`${nameOf(path)} ${ruleAt(path) ?? plainSentence(issue)}`];
  });
}

function nameOf(path: readonly string[]): string {
  const key = path.join('.');
  const label =
    settingLabels[key] ?? settingLabels[path.slice(0, 2).join('.')] ?? settingLabels[path[0] ?? ''];
  if (key === '') return 'The settings:';
  return label === undefined ? `The setting "${key}":` : `${label} (${key}):`;
}

/** `it must be a whole number from 1 to 65535.` */
function ruleAt(path: readonly string[]): string | undefined {
  let schema: unknown = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' });
  for (const key of path) schema = ruleSchema.safeParse(schema).data?.properties?.[key];
  const rule = ruleSchema.safeParse(schema).data;
  if (rule === undefined) return undefined;
  if (rule.const !== undefined) return `it must be ${JSON.stringify(rule.const)}.`;
  if (rule.enum !== undefined) {
    return `it must be one of ${rule.enum.map((value) => JSON.stringify(value)).join(', ')}.`;
  }
  switch (rule.type) {
    case 'boolean':
      return 'it must be true or false.';
    case 'integer':
    case 'number': {
      const kind = rule.type === 'integer' ? 'a whole number' : 'a number';
      return `it must be ${kind} from ${rule.minimum} to ${rule.maximum}.`;
    }
    default:
      return undefined;
  }
}

const kinds: Record<string, string> = { string: 'text', array: 'a list', object: 'a group of settings' };

function plainSentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'it is missing.'
        : `it must be ${kinds[issue.expected] ?? issue.expected}.`;
    case 'too_big':
      return issue.origin === 'string'
        ? `it may have at most ${issue.maximum} characters.`
        : `it may have at most ${issue.maximum} entries.`;
    case 'invalid_union':
      return unionRules[issue.path.map(String).join('.')] ?? 'its value is not one of those allowed.';
    case 'invalid_format':
      return issue.format === 'uuid'
        ? 'it must be a UUID, like 6f1f6f34-3f0a-4a5e-9f3a-0d6c2f2f0a11.'
        : issue.message;
    default:
      return issue.message;
  }
}

/** What a choice between schemas means; zod has no words for it. */
const unionRules: Record<string, string> = {
  'mail.sender': 'it must be an e-mail address, like office@example.com.',
  'ftp.activeAddress': 'it must be an IPv4 or IPv6 address.',
  'site.role': 'it must be "central" or "store".',
};
