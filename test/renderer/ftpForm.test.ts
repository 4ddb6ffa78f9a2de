import { describe, expect, it } from 'vitest';
import {
  countAdvancedChanges,
  readForm,
  toForm,
  withProtocol,
  withTls,
} from '../../renderer/windows/ftp/ftpForm.ts';
import { ftpConfigurationSchema } from '../../shared/settings.ts';

const defaults = ftpConfigurationSchema.parse({ host: 'ftp.example.com' });
const everything = ftpConfigurationSchema.parse({
  protocol: 'ftp',
  host: 'ftp.example.com',
  homeDir: '/office',
  username: 'branch',
  port: 2121,
  enableSsl: true,
  implicitTls: true,
  minimumTlsVersion: 'TLSv1.3',
  certificateAuthorityFile: '/etc/ca.pem',
  pinnedFingerprintSha256: Array(32).fill('AB').join(':'),
  passiveMode: false,
  passiveAddress: 'control-host',
  activePorts: { from: 50_000, through: 50_100 },
  activeAddress: '203.0.113.5',
  connections: 2,
  uploadKilobytesPerSecond: 500,
  downloadKilobytesPerSecond: 600,
  connectTimeoutSeconds: 5,
  replyTimeoutSeconds: 6,
  stallTimeoutSeconds: 7,
  keepAliveSeconds: 0,
  logonType: 'key-file',
  keyFile: '/keys/office',
  useSshAgent: true,
});

describe('the FTP Configuration as a form', () => {
  it('gives back every setting that it was given, so that opening and saving changes nothing', () => {
    for (const ftp of [defaults, everything]) {
      expect(readForm(toForm(ftp, true, true), true, true)).toEqual({
        candidate: { ftp, password: { do: 'keep' }, passphrase: { do: 'keep' } },
      });
    }
  });

  it('never holds a saved password', () => {
    expect(toForm(everything, true)).toMatchObject({ password: '', changePassword: false });
  });

  it('proposes the usual port of a protocol, and leaves alone one that a person chose', () => {
    const form = toForm(defaults, false);
    expect(withProtocol(form, 'sftp')).toEqual({ protocol: 'sftp', port: 22 });
    expect(withProtocol({ ...form, protocol: 'sftp', port: 22 }, 'ftp')).toEqual({
      protocol: 'ftp',
      port: 21,
    });
    expect(withProtocol({ ...form, port: 2222 }, 'sftp')).toEqual({ protocol: 'sftp' });
  });

  it.each([
    ['the saved one is kept', { changePassword: false, password: '' }, true, { do: 'keep' }],
    ['a new one is set', { changePassword: true, password: 'n3w' }, true, { do: 'set', value: 'n3w' }],
    ['an emptied one is removed', { changePassword: true, password: '' }, true, { do: 'clear' }],
    ['none is none', { changePassword: true, password: '' }, false, { do: 'keep' }],
  ])('of passwords: %s', (_name, typed, hasPassword, password) => {
    const form = { ...toForm(defaults, hasPassword), ...typed };
    expect(readForm(form, hasPassword)).toMatchObject({ candidate: { password } });
  });

  it.each([
    ['host', { host: ' ' }, 'Enter the name or address of the server.'],
    [
      'keyFile',
      { protocol: 'sftp', host: 'a', logonType: 'key-file' } as const,
      'Enter the path of the private key',
    ],
    ['host', { host: 'ftp://ftp.example.com' }, 'Enter the name only, without "ftp://"'],
    ['host', { host: 'ftp.example.com/office' }, 'without a path'],
    ['host', { host: 'ftp.example.com:2121' }, 'goes into Port'],
    ['homeDir', { homeDir: '' }, 'Enter the folder that all sites share.'],
    ['port', { port: '' }, 'Enter a number.'],
    ['port', { port: 70_000 }, 'Enter 65535 or less.'],
    ['port', { port: 21.5 }, 'Enter a whole number.'],
    ['activePortsThrough', { activePortsFrom: 50_000 }, 'Enter a number.'],
    ['activePortsFrom', { activePortsFrom: 50_000, activePortsThrough: 49_000 }, 'ends before it begins'],
    ['activeAddress', { activeAddress: 'my-router' }, 'Enter an IP address'],
    ['pinnedFingerprintSha256', { pinnedFingerprintSha256: 'AB:CD' }, '32 upper-case hex pairs'],
    ['connections', { connections: 0 }, 'Enter 1 or more.'],
    ['connectTimeoutSeconds', { connectTimeoutSeconds: '' }, 'Enter a number.'],
  ])('says at the field %s what is wrong with %o', (field, typed, message) => {
    const read = readForm({ ...toForm(defaults, false), ...typed }, false);
    expect(read).toEqual({ errors: { [field]: expect.stringContaining(message) } });
  });

  it('takes what people paste: spaces around a name, a fingerprint in small letters, an IPv6 host', () => {
    const form = {
      ...toForm(defaults, false),
      host: ' 2001:db8::7 ',
      pinnedFingerprintSha256: Array(32).fill('ab').join(':'),
    };
    expect(readForm(form, false)).toMatchObject({
      candidate: { ftp: { host: '2001:db8::7', pinnedFingerprintSha256: Array(32).fill('AB').join(':') } },
    });
  });

  it('needs no host for a folder', () => {
    const form = {
      ...toForm(defaults, false),
      protocol: 'folder' as const,
      host: '',
      homeDir: '/mnt/office',
    };
    expect(readForm(form, false)).toMatchObject({ candidate: { ftp: { protocol: 'folder' } } });
  });
});

describe('the port that is proposed', () => {
  const form = toForm(defaults, false);
  it('becomes 990 with implicit TLS, which is TLS', () => {
    expect(withTls(form, { implicitTls: true })).toEqual({ enableSsl: true, implicitTls: true, port: 990 });
  });

  it('becomes 21 again when TLS is turned off, and implicit TLS with it', () => {
    const implicit = { ...form, enableSsl: true, implicitTls: true, port: 990 };
    expect(withTls(implicit, { enableSsl: false })).toEqual({
      enableSsl: false,
      implicitTls: false,
      port: 21,
    });
  });

  it('leaves a port alone that a person chose', () => {
    expect(withTls({ ...form, port: 2121 }, { implicitTls: true })).not.toHaveProperty('port');
  });
});

it('counts the advanced settings that are not as they come', () => {
  expect(countAdvancedChanges(toForm(defaults, false))).toBe(0);
  expect(countAdvancedChanges(toForm(everything, false))).toBe(15);
});
