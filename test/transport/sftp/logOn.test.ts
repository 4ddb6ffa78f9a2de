import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type AuthContext } from 'ssh2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cancelledError } from '../../../shared/errors.ts';
import type { LogOnQuestion } from '../../../shared/logOn.ts';
import { expectRefusal } from '../contract/expectRefusal.ts';
import { sftpFactory } from '../contract/sftpWorld.ts';
import { asking, atHome, type FakeSshOptions, only, startFakeSshServer } from './fakeSshServer.ts';

const password = 'open sesame 42';
const start = (logOn: FakeSshOptions['logOn']) =>
  startFakeSshServer({ serve: atHome, ...(logOn === undefined ? {} : { logOn }) });
const hidden = (prompt: string) => ({ prompt, echo: false });

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'branchline-log-on-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function keyFile(text: string): string {
  const file = join(folder(), 'key');
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

describe('Logon Type Normal', () => {
  test('a refused password is tried once, by one way', async () => {
    const server = await start((context) => context.reject(['password', 'keyboard-interactive']));
    await expectRefusal(sftpFactory(server, { password: 'wrong' }).open(), 'login-refused', 'fix');
    expect(server.attempts).toEqual(['none branch', 'password branch']);
  });

  test('a server that only asks for the password by a question gets it as the answer', async () => {
    const server = await start(
      asking([{ prompts: [hidden("branch@host's password: ")], right: [password] }]),
    );
    await (await sftpFactory(server).open()).close();
    expect(server.attempts).toEqual(['none branch', 'keyboard-interactive branch']);
  });

  test('a question for more than the password needs a person, and nothing is answered', async () => {
    const server = await start(asking([{ prompts: [hidden('Verification code: ')], right: ['1'] }]));
    const error = await expectRefusal(sftpFactory(server).open(), 'needs-person', 'fix');
    expect(error.message).toContain('Verification code');
    expect(error.advice).toContain('Interactive');
  });

  test('a server that wants a second proof after the password says so', async () => {
    const server = await start((context) => {
      if (context.method === 'password') context.reject(['publickey'], true);
      else context.reject(['password']);
    });
    const error = await expectRefusal(sftpFactory(server).open(), 'login-refused', 'fix');
    expect(error.message).toContain('publickey');
  });
});

describe('Logon Type Interactive', () => {
  const rounds = [
    {
      name: 'Sign in',
      instructions: 'Two questions\nfor you',
      prompts: [hidden('Password: '), { prompt: 'Your town: ', echo: true }],
      right: [password, 'Riverside'],
    },
    { prompts: [hidden('One-time code: ')], right: ['123456'] },
  ];

  test('every round is shown as it comes, and the answers are given in order', async () => {
    const server = await start(asking(rounds));
    const asked: LogOnQuestion[] = [];
    const answers = [[password, 'Riverside'], ['123456']];
    const factory = sftpFactory(server, {
      logonType: 'interactive',
      password: undefined,
      askPerson: async (question) => {
        asked.push(question);
        return answers[asked.length - 1] ?? [];
      },
    });
    await (await factory.open()).close();
    expect(asked).toEqual([
      {
        name: 'Sign in',
        instructions: 'Two questions\nfor you',
        prompts: [
          { text: 'Password:', echo: false },
          { text: 'Your town:', echo: true },
        ],
      },
      { name: '', instructions: '', prompts: [{ text: 'One-time code:', echo: false }] },
    ]);
  });

  test('with nobody there the saved password answers, and a code needs a person', async () => {
    const server = await start(
      asking([
        { prompts: [hidden('Password: ')], right: [password] },
        { prompts: [hidden('One-time code: ')], right: ['123456'] },
      ]),
    );
    const error = await expectRefusal(
      sftpFactory(server, { logonType: 'interactive' }).open(),
      'needs-person',
      'fix',
    );
    expect(error.message).toContain('One-time code');
    expect(server.attempts).toEqual(['none branch', 'keyboard-interactive branch']);
  });

  test('with nobody there a question for a new password is not answered with the old one', async () => {
    const server = await start(asking([{ prompts: [hidden('New password: ')], right: [password] }]));
    await expectRefusal(sftpFactory(server, { logonType: 'interactive' }).open(), 'needs-person', 'fix');
  });

  test('a saved password that the server asks for again was refused, and is given once', async () => {
    let given = 0;
    const server = await start((context: AuthContext) => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
      const ask = () =>
        context.prompt([hidden('Password: ')], () => {
          given += 1;
          ask();
        });
      ask();
    });
    const factory = sftpFactory(server, { logonType: 'interactive', password: 'wrong' });
    await expectRefusal(factory.open(), 'login-refused', 'fix');
    expect(given).toBe(1);
  });

  test('a person who would rather not answer ends it', async () => {
    const server = await start(asking(rounds));
    const factory = sftpFactory(server, {
      logonType: 'interactive',
      askPerson: () => Promise.reject(cancelledError()),
    });
    await expectRefusal(factory.open(), 'cancelled', 'cancelled');
  });

  test('control characters in a question reach no terminal', async () => {
    const shown = '\u001b[2JPass\u0007word:\u009b';
    const server = await start(asking([{ instructions: shown, prompts: [hidden(shown)], right: ['x'] }]));
    const asked: LogOnQuestion[] = [];
    const factory = sftpFactory(server, {
      logonType: 'interactive',
      askPerson: async (question) => {
        asked.push(question);
        return ['x'];
      },
    });
    await (await factory.open()).close();
    expect(JSON.stringify(asked)).not.toMatch(/\\u00|\u009b/);
  });
});

describe('Logon Type Key file', () => {
  const pair = ssh2.utils.generateKeyPairSync('ed25519', {
    passphrase: 'right',
    cipher: 'aes256-ctr',
    rounds: 2,
  });
  const settings = { logonType: 'key-file', password: undefined } as const;

  test.for([
    ['passphrase-needed', pair.private, undefined, /none is saved/],
    ['passphrase-wrong', pair.private, 'wrong', /does not open/],
    ['key-file-unusable', 'no key at all', undefined, /no private key/],
    ['key-file-unusable', pair.public, undefined, /public key only/],
    [
      'key-file-unusable',
      'PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\n',
      undefined,
      /version 2/,
    ],
  ] as const)('%s is told in plain words, and nothing is tried', async ([code, text, passphrase, words]) => {
    const server = await start((context) => context.reject(['publickey']));
    const phrase = passphrase === undefined ? {} : { passphrase };
    const factory = sftpFactory(server, { ...settings, ...phrase, keyFile: keyFile(text) });
    const error = await expectRefusal(factory.open(), code, 'fix');
    expect(error.message).toMatch(words);
    expect(server.attempts).toEqual(['none branch']);
  });

  test('a key file that is not there is told', async () => {
    const server = await start((context) => context.reject(['publickey']));
    const factory = sftpFactory(server, { ...settings, keyFile: join(folder(), 'no') });
    expect((await expectRefusal(factory.open(), 'key-file-unusable', 'fix')).message).toContain('not there');
  });

  test('a PEM key of PKCS#8, as other programs write it, is read', async () => {
    const rsa = ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 });
    const { createPrivateKey } = await import('node:crypto');
    const parsed = ssh2.utils.parseKey(rsa.private);
    if (parsed instanceof Error) throw parsed;
    const [key] = [parsed].flat();
    const pem = createPrivateKey(key?.getPrivatePEM() ?? '').export({ format: 'pem', type: 'pkcs8' });
    const server = await start(only('publickey', () => true));
    await (await sftpFactory(server, { ...settings, keyFile: keyFile(String(pem)) }).open()).close();
  });

  test('a second step that the server wants after the key is the saved password', async () => {
    const plain = ssh2.utils.generateKeyPairSync('ed25519');
    const server = await start((context) => {
      if (context.method === 'publickey') context.reject(['password'], true);
      else if (context.method === 'password' && context.password === password) context.accept();
      else context.reject(['publickey']);
    });
    const factory = sftpFactory(server, { logonType: 'key-file', keyFile: keyFile(plain.private) });
    await (await factory.open()).close();
    expect(server.attempts).toEqual(['none branch', 'publickey branch', 'password branch']);
  });

  test('the ssh-agent signs in place of a file', async () => {
    const made = ssh2.utils.generateKeyPairSync('ed25519');
    const parsed = ssh2.utils.parseKey(made.private);
    if (parsed instanceof Error) throw parsed;
    const [key] = [parsed].flat();
    if (key === undefined) throw new Error('no key');
    const socket = join(folder(), 'agent');
    const agent = createServer((line) => {
      const protocol = new ssh2.AgentProtocol(false);
      protocol.on('identities', (request) => protocol.getIdentitiesReply(request, [key]));
      protocol.on('sign', (request, _publicKey, data) => protocol.signReply(request, key.sign(data)));
      line.pipe(protocol).pipe(line);
    });
    await new Promise<void>((resolve) => agent.listen(socket, () => resolve()));
    onTestFinished(() => void agent.close());
    const server = await start(
      only(
        'publickey',
        (context) => context.method === 'publickey' && key.getPublicSSH().equals(context.key.data),
      ),
    );
    await (await sftpFactory(server, { ...settings, useSshAgent: true, agent: socket }).open()).close();
    const without = sftpFactory(server, { ...settings, useSshAgent: true });
    expect((await expectRefusal(without.open(), 'key-file-unusable', 'fix')).message).toContain('ssh-agent');
  });
});

test('a Logon Type that the server does not take is told with those that it takes', async () => {
  const server = await start((context) => context.reject(['publickey']));
  const error = await expectRefusal(sftpFactory(server).open(), 'login-refused', 'fix');
  expect(error.advice).toContain('Key file');
  expect(server.attempts).toEqual(['none branch']);
});
