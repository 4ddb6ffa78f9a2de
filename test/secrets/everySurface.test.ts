import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { attachEngine } from '../../electron/engine/attachEngine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import {
  ftpPasswordKey,
  keyPassphraseKey,
  mailPasswordKey,
} from '../../electron/platform/secrets/secrets.ts';
import { createVaultSecrets } from '../../electron/platform/secrets/vaultSecrets.ts';
import { startPracticeSite } from '../../electron/practice/startPracticeSite.ts';
import type { CallName } from '../../shared/contract/calls.ts';
import { callNames } from '../../shared/contract/channels.ts';
import { commandNames } from '../cli/commandNames.ts';
import { startEngineProcess } from '../cli/engineProcess.ts';
import { OfficeSite, temporaryFolder } from '../cli/officeProcess.ts';
import { runFake } from '../cli/runFake.ts';
import { connect } from '../engine/hostFixture.ts';
import { canariesUnder, canary, formOfCanary } from './canary.ts';
import { takeFinds } from './finds.ts';

const password = canary('ftp password');
const passphrase = canary('passphrase');
const mailPassword = canary('mail password');

/** A store with every secret there is, and a server that repeats the password it was told: the worst there is. */
async function site() {
  const folder = temporaryFolder();
  const root = join(folder, 'server');
  mkdirSync(root);
  let isRude = false;
  const server = await startPracticeSite({
    root,
    username: 'office',
    password,
    clock: systemClock,
    faults: ({ verb, argument }) =>
      isRude && verb === 'PASS'
        ? { kind: 'reply', text: `530 No, "${argument}" is not the password.` }
        : undefined,
  });
  onTestFinished(() => server.stop());
  const office = new OfficeSite(join(folder, 'store'));
  await office.setUp({ role: 'central', name: 'Head office' }, server.port, password);
  const settings = join(office.dataDir, 'settings.json');
  const mail = {
    host: '127.0.0.1',
    port: 1,
    username: 'office',
    sender: 'office@example.com',
    recipients: ['it@example.com'],
  };
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), mail }));
  const vault = createVaultSecrets({
    path: join(office.dataDir, 'vault.json'),
    key: { kind: 'variable', value: office.env['BRANCHLINE_VAULT_KEY'] ?? '' },
    random: systemRandom,
  });
  await vault.set(ftpPasswordKey, password);
  await vault.set(keyPassphraseKey, passphrase);
  await vault.set(mailPasswordKey, mailPassword);
  return { folder, office, beRude: () => (isRude = true) };
}

/** What a command needs to get somewhere; all others are typed as they are. */
const typed: Readonly<Record<string, readonly (readonly string[])[]>> = {
  init: [['--role', 'central', '--name', 'Again']],
  'config set': [
    ['ftp.replyTimeoutSeconds=61'],
    ['ftp.password', '--password-stdin'],
    [`ftp.password=${password}`],
    ['ftp.password', password],
    ['mail.password', mailPassword],
    [`mail.password=${mailPassword}`],
  ],
  'config unset': [['ftp.activePorts']],
  'channels add': [['price-book']],
  diagnostics: [['--with-names'], ['--offline']],
  resend: [['--since', '2026-01-01']],
  'history show': [[], ['--verbose']],
  'service install': [['--dry-run'], ['--make-vault-key', '--vault-key-file', '/dev/null/x']],
};

describe('a secret', () => {
  // What was found before is told by the test that made it.
  beforeEach(() => takeFinds());

  test('is in nothing that any command says, writes or is started with', async () => {
    const { folder, office, beRude } = await site();
    const engine = startEngineProcess(office, ['--verbose']);
    await engine.said('works on');
    const said: string[] = [];
    const type = async (words: readonly string[], at = office.dataDir) => {
      const isFile = words[0] === 'diagnostics';
      const file = isFile ? [join(folder, `report-${said.length}.json`)] : [];
      const ran = await runFake([...words, ...file, '--verbose', '--data-dir', at], {
        stdin: `${password}\n`,
        parts: {
          openEngine: async ({ dataDir }) =>
            (await attachEngine(dataDir)) ??
            (await openEngine({ dataDir, clock: systemClock, random: systemRandom, env: office.env })),
        },
      });
      said.push(`${words[0]} ${words[1]}: ${ran.exitCode}\n${ran.out}${ran.err}`);
    };
    for (const words of commandNames) {
      for (const more of typed[words.join(' ')] ?? [[]]) await type([...words, ...more]);
      if (words[0] === 'transmit') beRude();
    }
    await type(['transmit']);
    const wrong = await office.run(['transmit', '--verbose', '--now'], {
      env: { BRANCHLINE_PASSWORD: canary('wrong') },
    });
    said.push(wrong.out + wrong.err);
    for (const text of said) expect(formOfCanary(text), text).toBeUndefined();

    if (existsSync('/proc/self/cmdline')) {
      expect(formOfCanary(readFileSync(`/proc/${engine.pid}/cmdline`))).toBeUndefined();
      const variables = readFileSync(`/proc/${engine.pid}/environ`, 'utf8').split('\0');
      const holders = variables.filter((line) => formOfCanary(line) !== undefined);
      expect(holders.map((line) => line.split('=')[0])).toEqual(['BRANCHLINE_VAULT_KEY']);
    }
    expect(await engine.end()).toBe(0);
    expect(formOfCanary(engine.text())).toBeUndefined();
    expect(canariesUnder(folder)).toEqual([]);
    // The search had something to search.
    expect(said.join('')).toContain('Not well: ');
    expect(readFileSync(join(office.dataDir, 'logs/branchline.log'), 'utf8')).toContain('530');
    expect(takeFinds()).toEqual([]);
  }, 240_000);

  test('is in no answer and no event of the contract', async () => {
    const { folder, office, beRude } = await site();
    const engine = startEngineProcess(office);
    await engine.said('works on');
    const client = connect(office.dataDir);
    const state = await client.call('state.get', {});
    if (!state.ok || state.value.settings === undefined) throw new Error('There is no state.');
    const { settings } = state.value;
    const wrong = { do: 'set', value: canary('candidate') } as const;
    const candidate = { ftp: settings.ftp, password: wrong };
    const inputs: Readonly<Record<string, readonly object[]>> = {
      'settings.save': [
        { settings, password: wrong },
        { settings, password: { do: 'set', value: password } },
      ],
      'password.set': [{ password: { do: 'set', value: password } }],
      'mail.setPassword': [{ password: { do: 'set', value: mailPassword } }],
      'mail.test': [{}, { candidate: { mail: settings.mail, password: wrong } }],
      'check.start': [
        { kind: 'test-connection' },
        { kind: 'test-connection', candidate },
        { kind: 'self-check', candidate },
      ],
      'trust.look': [{}, { candidate }],
      'run.start': [{ mode: 'full', startedBy: 'test' }],
      'history.list': [{ limit: 50 }],
      'history.files': [{ text: '', limit: 50 }],
      'alerts.list': [{ limit: 50 }],
      'upkeep.doctor': [{ checkId: 'x', offline: false }],
      'upkeep.diagnostics': [{ checkId: 'y', offline: false, withNames: true }],
      // These would take the site away from under the others.
      'practice.start': [{ x: 1 }],
    };
    const answered = new Set<CallName>();
    for (const rude of [false, true]) {
      if (rude) beRude();
      for (const name of callNames) {
        // With nothing, with a secret where none belongs, and with what it wants; the last again at a rude server.
        const some = rude || name === 'practice.start' ? [] : [{}, { nonsense: password }];
        for (const input of [...some, ...(inputs[name] ?? [])]) {
          // Any input goes: what does not parse is refused by the engine, and that answer counts too.
          const ended =
            name === 'check.start' || name === 'run.start'
              ? client.next(name === 'run.start' ? 'run.ended' : 'check.ended')
              : undefined;
          const answer = await client.call(name, input as never);
          if (answer.ok) answered.add(name);
          if (answer.ok && ended !== undefined) await ended;
          expect(formOfCanary(JSON.stringify(answer)), name).toBeUndefined();
        }
      }
    }
    for (const name of [
      'state.get',
      'settings.save',
      'history.list',
      'upkeep.diagnostics',
      'check.start',
    ] as const)
      expect([...answered]).toContain(name);
    for (const message of client.messages)
      expect(formOfCanary(message), message.slice(0, 300)).toBeUndefined();
    expect(client.messages.join('')).toContain('530');
    expect(await engine.end()).toBe(0);
    expect(canariesUnder(folder)).toEqual([]);
    expect(takeFinds()).toEqual([]);
  }, 240_000);
});
