import type { FtpServer, FtpServerOptions, FtpServerTraits } from '../../servers/ftpServer.ts';
import { type ContractExpectations, fullExpectations } from './contractWorld.ts';
import { type FtpSettings, ftpWorld } from './ftpWorld.ts';
import { transportContract } from './transportContract.ts';

interface FtpCase {
  readonly title: string;
  readonly server: FtpServerOptions;
  settings(server: FtpServer): FtpSettings;
}

// Whoever must open the data connection, the server refuses to be asked for the other way.
const passive = { refusedCommands: ['PORT', 'EPRT'] };
const active = { refusedCommands: ['PASV', 'EPSV'] };
const onlyTls13 = { tls: 'required', tlsVersion: 'TLSv1.3' } as const;
const onlyTls12 = { tls: 'required', tlsVersion: 'TLSv1.2' } as const;
const awkwardHome = 'Büros & Filialen/office (1)';

/** Plain and with explicit TLS of each version, passive and active. */
const usualCases: readonly FtpCase[] = [
  { title: 'plain, passive', server: { ...passive }, settings: () => ({}) },
  {
    title: 'plain, active, in a home dir of its own',
    server: { ...active },
    settings: () => ({ passiveMode: false, homeDir: `/${awkwardHome}` }),
  },
  {
    title: 'TLS 1.2, passive, certificate pinned',
    server: { ...passive, ...onlyTls12 },
    settings: (server) => ({ enableSsl: true, pinnedFingerprintSha256: server.fingerprintSha256 }),
  },
  {
    title: 'TLS 1.2, active, certificate authority given',
    server: { ...active, ...onlyTls12 },
    settings: (server) => ({
      enableSsl: true,
      passiveMode: false,
      certificateAuthorityFile: server.certificateFile,
    }),
  },
  {
    title: 'TLS 1.3, passive, certificate authority given, in a home dir of its own',
    server: { ...passive, ...onlyTls13 },
    settings: (server) => ({
      enableSsl: true,
      minimumTlsVersion: 'TLSv1.3',
      certificateAuthorityFile: server.certificateFile,
      homeDir: awkwardHome,
    }),
  },
  {
    title: 'TLS 1.3, active, certificate pinned',
    server: { ...active, ...onlyTls13 },
    settings: (server) => ({
      enableSsl: true,
      passiveMode: false,
      pinnedFingerprintSha256: server.fingerprintSha256,
    }),
  },
];

/** For servers that can: implicit TLS, and the commands of before RFC 2428 (PASV, PORT) only. */
export const implicitTlsCase: FtpCase = {
  title: 'implicit TLS, passive, EPSV refused',
  server: { tls: 'implicit', refusedCommands: ['EPSV', 'EPRT', 'PORT'] },
  settings: (server) => ({
    enableSsl: true,
    implicitTls: true,
    pinnedFingerprintSha256: server.fingerprintSha256,
  }),
};
export const portCommandCase: FtpCase = {
  title: 'plain, active, EPRT refused',
  server: { refusedCommands: ['EPSV', 'EPRT', 'PASV'] },
  settings: () => ({ passiveMode: false }),
};

function expectationsOf(
  traits: FtpServerTraits,
  tls: boolean,
  implicit: boolean,
  differences: Partial<ContractExpectations>,
): ContractExpectations {
  const secured = implicit
    ? (['resolve', 'connect', 'tls', 'greeting', 'login', 'home'] as const)
    : (['resolve', 'connect', 'greeting', 'tls', 'login', 'home'] as const);
  return {
    ...fullExpectations,
    steps: tls ? secured : fullExpectations.steps,
    exactListings: traits.exactListings,
    renameReplaces: traits.renameReplaces,
    resumesUploads: traits.resumesUploads,
    hidesDotNames: traits.hidesDotNames,
    ...differences,
  };
}

export interface FtpContractOptions {
  readonly traits: FtpServerTraits;
  start(options: FtpServerOptions): Promise<FtpServer>;
  readonly extraCases?: readonly FtpCase[];
  /** Which of several right answers this server makes possible. */
  readonly differences?: Partial<ContractExpectations>;
}

/** The contract against one kind of server, in every way of connecting. */
export function ftpContract(name: string, options: FtpContractOptions): void {
  for (const { title, server, settings } of [...usualCases, ...(options.extraCases ?? [])]) {
    const { tls = 'off' } = server;
    transportContract(
      `${name}, ${title}`,
      async () => {
        const running = await options.start(server);
        return ftpWorld(running, settings(running));
      },
      expectationsOf(options.traits, tls !== 'off', tls === 'implicit', options.differences ?? {}),
    );
  }
}
