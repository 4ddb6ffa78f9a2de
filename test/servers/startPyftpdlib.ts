import { join } from 'node:path';
import type { FtpServer, FtpServerOptions } from './ftpServer.ts';
import { account, launchFtpServer } from './launchFtpServer.ts';

export interface PyftpdlibOptions extends Omit<FtpServerOptions, 'tls'> {
  /** It knows no implicit TLS and asks for no session reuse. */
  readonly tls?: 'off' | 'explicit' | 'required';
}

/** Needs no root: one process, one user. */
export function startPyftpdlib(options: PyftpdlibOptions = {}): Promise<FtpServer> {
  return launchFtpServer({
    name: 'pyftpdlib',
    options,
    traits: {
      exactListings: true,
      renameReplaces: true,
      storeReplaces: true,
      resumesUploads: true,
      hidesDotNames: false,
    },
    configure(context) {
      const settings = {
        tls: options.tls ?? 'off',
        certificate: context.certificate.keyAndCertificateFile,
        username: account.username,
        password: account.password,
        home: context.home,
        port: context.ports.control,
        passiveFrom: context.ports.passiveFrom,
        passiveThrough: context.ports.passiveThrough,
        maxClients: options.maxClients ?? 512,
      };
      return ['/usr/bin/python3', join(import.meta.dirname, 'pyftpdlibServer.py'), JSON.stringify(settings)];
    },
  });
}
