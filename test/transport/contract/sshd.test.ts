import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { describeWithServer } from '../../servers/describeWithServer.ts';
import { type Sshd, type SshdOptions, sshdTraits, startSshd } from '../../servers/startSshd.ts';
import { type ContractExpectations, fullExpectations } from './contractWorld.ts';
import { serverWorld } from './ftpWorld.ts';
import { type SftpSettings, sftpFactory } from './sftpWorld.ts';
import { transportContract } from './transportContract.ts';

const passphrase = 'a longer phrase Cn4ry7q9Zx 7';
const expectations: ContractExpectations = {
  ...fullExpectations,
  ...sshdTraits,
  steps: ['resolve', 'connect', 'greeting', 'host-key', 'login', 'home'],
};

/** A key pair in files of its own, which go away with the world. */
function keyFiles(phrase: string | undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-key-'));
  const pair =
    phrase === undefined
      ? ssh2.utils.generateKeyPairSync('ed25519')
      : ssh2.utils.generateKeyPairSync('ed25519', { passphrase: phrase, cipher: 'aes256-ctr', rounds: 2 });
  const keyFile = join(folder, 'key');
  writeFileSync(keyFile, pair.private, { mode: 0o600 });
  return { keyFile, line: pair.public, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function sftpContract(
  title: string,
  prepare: () => {
    readonly server: SshdOptions;
    readonly settings: (server: Sshd) => SftpSettings;
    readonly homeDir?: string;
    readonly remove?: () => void;
  },
): void {
  transportContract(
    `OpenSSH, ${title}`,
    async () => {
      const { server, settings, homeDir = '', remove } = prepare();
      const running = await startSshd(server);
      const world = serverWorld(running, sftpFactory(running, { homeDir, ...settings(running) }), homeDir);
      return {
        ...world,
        async stop() {
          await world.stop();
          remove?.();
        },
      };
    },
    expectations,
  );
}

describeWithServer('OpenSSH', 'the transport contract on OpenSSH', () => {
  sftpContract('password', () => ({ server: {}, settings: () => ({}) }));
  sftpContract('keyboard-interactive in two rounds, in a home dir of its own', () => ({
    server: { logOn: 'two-questions' },
    homeDir: 'Büros & Filialen/office (1)',
    settings: (server) => ({
      logonType: 'interactive',
      password: undefined,
      askPerson: async ({ prompts }) =>
        prompts.map(({ text }) => (/one-time/i.test(text) ? server.nextCode() : server.password)),
    }),
  }));
  sftpContract('key file without passphrase', () => {
    const { keyFile, line, remove } = keyFiles(undefined);
    const server = { logOn: 'key', authorizedKey: line } as const;
    return { server, remove, settings: () => ({ logonType: 'key-file', keyFile, password: undefined }) };
  });
  sftpContract('key file with passphrase', () => {
    const { keyFile, line, remove } = keyFiles(passphrase);
    const server = { logOn: 'key', authorizedKey: line } as const;
    return {
      server,
      remove,
      settings: () => ({ logonType: 'key-file', keyFile, passphrase, password: undefined }),
    };
  });
});
