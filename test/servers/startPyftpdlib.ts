import { join } from 'node:path';
import type { FtpServer, FtpServerOptions, FtpServerTraits } from './ftpServer.ts';
import { account, launchFtpServer } from './launchFtpServer.ts';

export const pyftpdlibTraits: FtpServerTraits = {
  exactListings: true,
  renameReplaces: true,
  resumesUploads: true,
  hidesDotNames: false,
};

/** Needs no root: one process, one user. It knows no implicit TLS and asks for no session reuse. */
export function startPyftpdlib(options: FtpServerOptions = {}): Promise<FtpServer> {
  if (options.tls === 'implicit') throw new Error('pyftpdlib knows no implicit TLS.');
  return launchFtpServer({
    name: 'pyftpdlib',
    options,
    traits: pyftpdlibTraits,
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
        refusedCommands: options.refusedCommands ?? [],
      };
      return ['/usr/bin/python3', join(import.meta.dirname, 'pyftpdlibServer.py'), JSON.stringify(settings)];
    },
  });
}
