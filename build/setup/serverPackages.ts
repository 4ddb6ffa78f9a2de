/** One thing the tests need from Debian: unpacked into a folder of the tests' own, so that no daemon starts. */
export interface ServerPackage {
  /** As a person knows it, for the line that says what is missing. */
  readonly name: string;
  readonly packages: readonly string[];
  /** Paths below the unpacked root that prove it is complete. */
  readonly files: readonly string[];
}

export const serverPackages: readonly ServerPackage[] = [
  { name: 'vsftpd', packages: ['vsftpd'], files: ['usr/sbin/vsftpd'] },
  {
    name: 'ProFTPD',
    packages: ['proftpd-core', 'proftpd-mod-crypto'],
    files: ['usr/sbin/proftpd', 'usr/lib/proftpd/mod_tls.so', 'usr/sbin/ftpquota'],
  },
  {
    name: 'Pure-FTPd',
    packages: ['pure-ftpd', 'pure-ftpd-common'],
    files: ['usr/sbin/pure-ftpd', 'usr/bin/pure-pw'],
  },
  {
    name: 'OpenSSH',
    packages: ['openssh-server'],
    files: ['usr/sbin/sshd'],
  },
  {
    // A PAM module that asks for a one-time code: log-ons of OpenSSH with more than one question.
    name: 'pam_oath',
    packages: ['libpam-oath'],
    files: ['usr/share/doc/liboath0'],
  },
  {
    name: 'pyftpdlib',
    packages: ['python3-pyftpdlib'],
    files: ['usr/lib/python3/dist-packages/pyftpdlib/servers.py'],
  },
];

/** Programs without a daemon of their own that are installed as usual: what each is for, and its package. */
export const toolPackages: readonly { readonly name: string; readonly package: string }[] = [
  { name: 'openssl (test certificates)', package: 'openssl' },
  { name: 'zstd (opening packets by hand)', package: 'zstd' },
  { name: 'python3-openssl (pyftpdlib with TLS)', package: 'python3-openssl' },
  { name: 'python3 (ftplib as a client, BagIt validator)', package: 'python3' },
  { name: 'curl (as a client)', package: 'curl' },
  { name: 'lftp (as a client)', package: 'lftp' },
  { name: 'chromium (windows, end to end)', package: 'chromium' },
  { name: 'libsecret (keychain test)', package: 'libsecret-1-0' },
  { name: 'gnome-keyring (keychain test)', package: 'gnome-keyring' },
  { name: 'dbus-x11 (keychain test)', package: 'dbus-x11' },
  { name: 'systemd (systemd-analyze, for the service)', package: 'systemd' },
  { name: 'xmllint (service files against their schemas)', package: 'libxml2-utils' },
];
