import type { PasswordChange } from '../../../shared/contract/candidate.ts';
import { defaultPort, type FtpConfiguration, ftpConfigurationSchema } from '../../../shared/settings.ts';
import { issueText } from '../../parts/issueText.ts';
import { text } from '../../text/en.ts';

/** A number field holds text while it is typed in, and nothing when it is emptied. */
type Typed = number | string;

/** The FTP Configuration as it is typed. Optional settings are empty text; the password is here only until it is sent. */
export interface FtpForm {
  enabled: boolean;
  protocol: FtpConfiguration['protocol'];
  host: string;
  homeDir: string;
  username: string;
  port: Typed;
  enableSsl: boolean;
  implicitTls: boolean;
  minimumTlsVersion: FtpConfiguration['minimumTlsVersion'];
  certificateAuthorityFile: string;
  pinnedFingerprintSha256: string;
  passiveMode: boolean;
  passiveAddress: FtpConfiguration['passiveAddress'];
  activePortsFrom: Typed;
  activePortsThrough: Typed;
  activeAddress: string;
  connections: Typed;
  uploadKilobytesPerSecond: Typed;
  downloadKilobytesPerSecond: Typed;
  connectTimeoutSeconds: Typed;
  replyTimeoutSeconds: Typed;
  stallTimeoutSeconds: Typed;
  keepAliveSeconds: Typed;
  /** False while the saved password is kept. */
  changePassword: boolean;
  password: string;
  logonType: FtpConfiguration['logonType'];
  keyFile: string;
  useSshAgent: boolean;
  /** As with the password. */
  changePassphrase: boolean;
  passphrase: string;
}

export type FtpFormErrors = Partial<Record<keyof FtpForm, string>>;

/** What the engine is given: to try, or to save. */
export interface FtpCandidate {
  readonly ftp: FtpConfiguration;
  readonly password: PasswordChange;
  readonly passphrase: PasswordChange;
}

export function toForm(ftp: FtpConfiguration, hasPassword: boolean, hasPassphrase = false): FtpForm {
  const { activePorts, activeAddress, certificateAuthorityFile, pinnedFingerprintSha256, ...plain } = ftp;
  return {
    ...plain,
    certificateAuthorityFile: certificateAuthorityFile ?? '',
    pinnedFingerprintSha256: pinnedFingerprintSha256 ?? '',
    activePortsFrom: activePorts?.from ?? '',
    activePortsThrough: activePorts?.through ?? '',
    activeAddress: activeAddress ?? '',
    changePassword: !hasPassword,
    password: '',
    keyFile: ftp.keyFile ?? '',
    changePassphrase: !hasPassphrase,
    passphrase: '',
  };
}

/** The configuration that the form says, or what is wrong, by field. */
export function readForm(
  form: FtpForm,
  hasPassword: boolean,
  hasPassphrase = false,
): { readonly candidate: FtpCandidate } | { readonly errors: FtpFormErrors } {
  const parsed = ftpConfigurationSchema.safeParse(raw(form));
  const errors: FtpFormErrors = { ...placeProblems(form) };
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = fieldOf(issue.path, form);
      errors[field] ??= field === 'activeAddress' ? text.ftp.activeAddressInvalid : issueText(issue);
    }
    return { errors };
  }
  if (Object.keys(errors).length > 0) return { errors };
  return {
    candidate: {
      ftp: parsed.data,
      password: secretChange(form.changePassword, form.password, hasPassword),
      passphrase: secretChange(form.changePassphrase, form.passphrase, hasPassphrase),
    },
  };
}

/** Settings under Advanced that are not as they come; told beside the heading, so that they are not forgotten. */
export function countAdvancedChanges(form: FtpForm): number {
  const defaults = toForm(ftpConfigurationSchema.parse({}), false);
  return shownAdvancedFields(form).filter((field) => form[field] !== defaults[field]).length;
}

/** SFTP knows neither TLS nor data connections. */
function shownAdvancedFields({ protocol }: FtpForm) {
  return protocol === 'sftp' ? limitFields : advancedFields;
}

const limitFields = [
  'connections',
  'uploadKilobytesPerSecond',
  'downloadKilobytesPerSecond',
  'connectTimeoutSeconds',
  'replyTimeoutSeconds',
  'stallTimeoutSeconds',
  'keepAliveSeconds',
] as const satisfies readonly (keyof FtpForm)[];

export const advancedFields = [
  'implicitTls',
  'minimumTlsVersion',
  'certificateAuthorityFile',
  'pinnedFingerprintSha256',
  'passiveAddress',
  'activePortsFrom',
  'activePortsThrough',
  'activeAddress',
  ...limitFields,
] as const satisfies readonly (keyof FtpForm)[];

/** Another protocol; a port that was the default of the one before becomes that of this one. */
export function withProtocol(form: FtpForm, protocol: FtpForm['protocol']): Partial<FtpForm> {
  const wasDefault = form.port === '' || Number(form.port) === defaultPort(form);
  const port = defaultPort({ protocol, implicitTls: form.implicitTls });
  return { protocol, ...(wasDefault ? { port } : {}) };
}

/**
 * What Enable SSL and Implicit TLS mean for each other and for the port: implicit TLS is TLS, and a port that
 * was the default stays the default. A port that a person chose is left alone.
 */
export function withTls(
  form: FtpForm,
  change: { enableSsl?: boolean; implicitTls?: boolean },
): Partial<FtpForm> {
  const implicitTls = change.implicitTls ?? (change.enableSsl === false ? false : form.implicitTls);
  const enableSsl = implicitTls || (change.enableSsl ?? form.enableSsl);
  const wasDefault = form.port === '' || Number(form.port) === defaultPort(form);
  return {
    enableSsl,
    implicitTls,
    ...(wasDefault ? { port: defaultPort({ protocol: form.protocol, implicitTls }) } : {}),
  };
}

function raw(form: FtpForm): unknown {
  const { activePortsFrom, activePortsThrough, changePassword, password, ...others } = form;
  const { changePassphrase, passphrase, ...plain } = others;
  const noPorts = activePortsFrom === '' && activePortsThrough === '';
  return {
    ...plain,
    host: form.host.trim(),
    homeDir: form.homeDir.trim(),
    username: form.username.trim(),
    port: number(form.port),
    connections: number(form.connections),
    uploadKilobytesPerSecond: number(form.uploadKilobytesPerSecond),
    downloadKilobytesPerSecond: number(form.downloadKilobytesPerSecond),
    connectTimeoutSeconds: number(form.connectTimeoutSeconds),
    replyTimeoutSeconds: number(form.replyTimeoutSeconds),
    stallTimeoutSeconds: number(form.stallTimeoutSeconds),
    keepAliveSeconds: number(form.keepAliveSeconds),
    keyFile: optional(form.keyFile),
    certificateAuthorityFile: optional(form.certificateAuthorityFile),
    pinnedFingerprintSha256: optional(form.pinnedFingerprintSha256)?.toUpperCase(),
    activeAddress: optional(form.activeAddress),
    activePorts: noPorts ? undefined : { from: number(activePortsFrom), through: number(activePortsThrough) },
  };
}

/** An emptied number is an error, not the default: null never passes for a number. */
function number(typed: Typed): number | null {
  if (typed === '') return null;
  return Number(typed);
}

function optional(typed: string): string | undefined {
  return typed.trim() === '' ? undefined : typed.trim();
}

function placeProblems(form: FtpForm): FtpFormErrors {
  const homeDir = form.homeDir.trim() === '' ? { homeDir: text.ftp.homeDirNeeded } : {};
  if (form.protocol === 'folder') return homeDir;
  const host = form.host.trim();
  if (host === '') return { ...homeDir, host: text.ftp.hostNeeded };
  if (/[/\\@\s]/.test(host)) return { ...homeDir, host: text.ftp.hostNoScheme };
  if (/^[^:]+:\d+$/.test(host)) return { ...homeDir, host: text.ftp.hostNoPort };
  const byKeyFile = form.protocol === 'sftp' && form.logonType === 'key-file' && !form.useSshAgent;
  if (byKeyFile && form.keyFile.trim() === '') return { ...homeDir, keyFile: text.ftp.keyFileNeeded };
  return homeDir;
}

function fieldOf(path: readonly PropertyKey[], form: FtpForm): keyof FtpForm {
  const [first, second] = path;
  if (first === 'activePorts') return second === 'through' ? 'activePortsThrough' : 'activePortsFrom';
  // A problem that belongs to no field is told at the first one, so that it is never silent.
  return Object.keys(form).find((field): field is keyof FtpForm => field === first) ?? 'protocol';
}

function secretChange(changing: boolean, typed: string, saved: boolean): PasswordChange {
  if (!changing) return { do: 'keep' };
  if (typed !== '') return { do: 'set', value: typed };
  return saved ? { do: 'clear' } : { do: 'keep' };
}
