import { describe, expect, test } from 'vitest';
import { settingKeys } from '../../electron/cli/settings/settingKeys.ts';
import { settingWords } from '../../electron/cli/settings/settingWords.ts';
import { commandNames } from './commandNames.ts';
import { runFake } from './runFake.ts';

describe('help', () => {
  test('every command of the design is there', () => {
    expect(commandNames.map((names) => names.join(' ')).toSorted()).toEqual(
      [
        ...[
          'init',
          'config',
          'config show',
          'config set',
          'alerts',
          'alerts list',
          'alerts send',
          'mail',
          'mail test',
          'config unset',
        ],
        ...['channels', 'channels list', 'channels add', 'channels remove', 'test-connection', 'self-check'],
        ...['imports', 'imports channels', 'imports channels list', 'imports channels add'],
        ...['imports channels remove', 'imports run', 'imports preview', 'imports rollback', 'imports list'],
        ...['imports show', 'imports rejected', 'imports editions'],
        ...['trust', 'trust list', 'trust add', 'trust remove'],
        ...['keys', 'keys create', 'keys show'],
        ...['exports', 'exports list', 'exports add', 'exports remove', 'exports run', 'exports history'],
        ...['subscriptions', 'subscriptions list', 'subscriptions add', 'subscriptions remove'],
        ...['appends', 'appends list', 'appends add', 'appends remove'],
        ...[
          'transmit',
          'status',
          'queue',
          'queue list',
          'queue retry',
          'queue skip',
          'queue cancel',
          'resend',
        ],
        ...[
          'history',
          'history list',
          'history notes',
          'history show',
          'verify',
          'unpack',
          'serve',
          'engine',
          'doctor',
          'diagnostics',
          ...['service', 'service install', 'service uninstall', 'service status'],
          'demo',
        ],
        ...['datasets', 'datasets list', 'datasets show', 'datasets add', 'datasets export'],
        ...['records', 'records add'],
        ...['drop-folders', ...['list', 'add', 'remove', 'run'].map((name) => `drop-folders ${name}`)],
        ...['customer-files', ...['list', 'show', 'export'].map((name) => `customer-files ${name}`)],
        ...['', ' list', ' likely', ' attach', ' export', ' put-back', ' delete'].map(
          (name) => `customer-files unidentified${name}`,
        ),
      ].toSorted(),
    );
  });

  test.each([[[]], ...commandNames.map((names) => [names])])(
    '%j --help ends well, with an example that names it',
    async (names) => {
      const ran = await runFake([...names, '--help']);
      expect(ran.exitCode).toBe(0);
      expect(ran.err).toBe('');
      const examples = ran.out.slice(ran.out.indexOf('\nExamples:\n'));
      expect(examples).toContain(`  $ branchline ${names.join(' ')}`);
      expect(ran.out).toContain('--data-dir');
    },
  );

  test('help and version are one JSON document too', async () => {
    expect((await runFake(['--version', '--json'])).json().value).toEqual({ text: '1.2.3' });
    expect((await runFake(['transmit', '--help', '--json'])).json().ok).toBe(true);
  });

  test('each setting is explained', () => {
    expect(Object.keys(settingWords).toSorted()).toEqual(settingKeys.map(({ key }) => key).toSorted());
  });
});
