import { describe, expect, test } from 'vitest';
import { errorReport, FakeEngine, guid, officeId, queueRow, resultOf, storeSettings } from './fakeEngine.ts';
import { runFake } from './runFake.ts';

function engineWith(changes: Partial<FakeEngine>): FakeEngine {
  return Object.assign(new FakeEngine('/data'), changes);
}

describe('init', () => {
  test('sets up a store and tells the GUID that a replacement machine will need', async () => {
    const engine = engineWith({ current: undefined });
    const ran = await runFake(['init', '--role', 'store', '--number', 'ab12', '--name', 'Riverside'], {
      engine,
    });
    expect(ran.exitCode).toBe(0);
    expect(ran.out).toMatch(/^Set up: this is store AB12, "Riverside"\.\n/);
    expect(ran.out).toContain(guid);
    expect(engine.closed).toBe(1);
  });

  test('takes over a former central installation', async () => {
    const engine = engineWith({ current: undefined });
    const argv = [
      'init',
      '--role',
      'central',
      '--name',
      'Head',
      '--guid',
      guid.toUpperCase(),
      '--office-id',
      officeId,
    ];
    expect((await runFake(argv, { engine })).exitCode).toBe(0);
    expect(engine.calls[0]).toBe(`init ${JSON.stringify({ role: 'central', name: 'Head', guid, officeId })}`);
  });
});

describe('before init', () => {
  test('a mistyped data directory is told, not made', async () => {
    const ran = await runFake(['status', '--data-dir', '/tmp/no such folder of Branchline']);
    expect(ran.exitCode).toBe(3);
    expect(ran.err).toContain('/tmp/no such folder of Branchline');
    expect(ran.engine.closed).toBe(0);
  });

  test.each([
    ['config show'],
    ['config set ftp.port 22'],
    ['channels list'],
    ['status'],
    ['queue'],
    ['history'],
    ['history show'],
    ['resend --to all'],
  ])('%s says what to do and ends with 3', async (line) => {
    const ran = await runFake(line.split(' '), { engine: engineWith({ current: undefined }) });
    expect(ran.exitCode).toBe(3);
    expect(ran.err).toContain('branchline init');
    expect(ran.out).toBe('');
  });
});

describe('config', () => {
  test('set changes several settings at once, each in its type', async () => {
    const engine = new FakeEngine('/data');
    const ran = await runFake(
      [
        'config',
        'set',
        'ftp.host=ftp.example.com',
        'ftp.port=2121',
        'ftp.enableSsl=yes',
        'delivery.settleSeconds=0.5',
      ],
      { engine },
    );
    expect(ran.exitCode).toBe(0);
    expect(engine.current?.ftp).toMatchObject({ host: 'ftp.example.com', port: 2121, enableSsl: true });
    expect(engine.current?.delivery.settleSeconds).toBe(0.5);
  });

  test('set keeps an equals sign in a value, and a value given apart', async () => {
    const engine = new FakeEngine('/data');
    await runFake(['config', 'set', 'ftp.homeDir=/a=b'], { engine });
    expect(engine.current?.ftp.homeDir).toBe('/a=b');
    await runFake(['config', 'set', 'ftp.homeDir', '/c d'], { engine });
    expect(engine.current?.ftp.homeDir).toBe('/c d');
  });

  test('a value that is not allowed is refused by field and rule, and nothing changes', async () => {
    const ran = await runFake(['config', 'set', 'ftp.host=new.example.com', 'ftp.port=70000']);
    expect(ran.exitCode).toBe(2);
    expect(ran.err).toContain('ftp.port: "70000" is not allowed');
    expect(ran.err).toContain('a whole number from 1 to 65535');
    expect(ran.engine.calls).toEqual([]);
  });

  test('a mistyped key is answered with the likely one', async () => {
    expect((await runFake(['config', 'set', 'ftp.hots=x'])).err).toContain('Did you mean ftp.host?');
    expect((await runFake(['config', 'set', 'port', '21'])).err).toContain('Did you mean ftp.port?');
  });

  test('set takes a list with commas, and an empty one', async () => {
    const engine = new FakeEngine('/data');
    const set = await runFake(['config', 'set', 'schedule.at=06:30, 20:15', 'schedule.enabled=yes'], {
      engine,
    });
    expect(set.out).toContain('schedule.at = 06:30, 20:15');
    expect(engine.current?.schedule).toMatchObject({ enabled: true, at: ['06:30', '20:15'] });
    expect((await runFake(['config', 'set', 'schedule.at='], { engine })).out).toContain('(none)');
    expect(engine.current?.schedule.at).toEqual([]);
  });

  test('set says which entry of a list or which choice is not allowed', async () => {
    const list = await runFake(['config', 'set', 'schedule.at=06:30,25:00']);
    expect(list).toMatchObject({ exitCode: 2, out: '' });
    expect(list.err).toMatch(
      /^schedule\.at: "06:30,25:00" is not allowed\. A time of day is written like 07:30\./,
    );
    expect((await runFake(['config', 'set', 'schedule.from=noon'])).err).toContain(
      'a time of day like 07:30',
    );
    expect((await runFake(['config', 'set', 'desktop.theme=blue'])).err).toContain(
      'one of system, light, dark',
    );
  });

  test('active ports are set and unset as a pair', async () => {
    const engine = new FakeEngine('/data');
    await runFake(['config', 'set', 'ftp.activePorts.from=50000', 'ftp.activePorts.through=50100'], {
      engine,
    });
    expect(engine.current?.ftp.activePorts).toEqual({ from: 50_000, through: 50_100 });
    expect((await runFake(['config', 'unset', 'ftp.activePorts.from'], { engine })).exitCode).toBe(0);
    expect(engine.current?.ftp.activePorts).toBeUndefined();
  });

  test('unset puts the proposed value back', async () => {
    const engine = engineWith({ current: storeSettings({ ftp: { port: 2121 } }) });
    const ran = await runFake(['config', 'unset', 'ftp.port'], { engine });
    expect(ran.out).toContain('ftp.port = 21');
    expect(engine.current?.ftp.port).toBe(21);
  });

  test('show lists settings and hides the password', async () => {
    const engine = engineWith({ password: 'hunter2' });
    const ran = await runFake(['config', 'show'], { engine });
    expect(ran.out).toMatch(/^Store 0012, "Riverside"/);
    expect(ran.out).toMatch(/ftp\.port +21 +as proposed/);
    expect(ran.out).toMatch(/ftp\.password +kept safe, not shown/);
    expect(ran.out).not.toContain('hunter2');
    const json = await runFake(['config', 'show', '--json'], { engine });
    expect(json.json().value).toMatchObject({ hasPassword: true, settings: { ftp: { port: 21 } } });
    expect(json.out).not.toContain('hunter2');
  });
});

describe('channels', () => {
  test('add, list and remove', async () => {
    const engine = new FakeEngine('/data');
    const added = await runFake(['channels', 'add', 'daily-close', 'documents', 'daily-close'], { engine });
    expect(added.out).toContain('/data/outgoing/daily-close');
    expect(engine.current?.channels).toEqual(['daily-close', 'documents']);
    await runFake(['channels', 'remove', 'documents'], { engine });
    expect((await runFake(['channels', 'list', '--json'], { engine })).json().value).toEqual([
      { channel: 'daily-close', folder: '/data/outgoing/daily-close' },
    ]);
  });
});

describe('test-connection and self-check', () => {
  const failed = {
    ok: false,
    verdict: 'Files cannot be renamed.',
    server: 'ftp.example.com:21',
    steps: [
      {
        name: 'write',
        label: 'Write a file',
        outcome: 'ok',
        durationMs: 12.4,
        detail: '1 KB',
        meaning: '',
        advice: '',
      },
      {
        name: 'rename',
        label: 'Rename across folders',
        outcome: 'failed',
        durationMs: 3,
        detail: '550 Permission denied.',
        meaning: 'Packets cannot be published.',
        advice: 'Ask the provider for the right to rename.',
      },
      {
        name: 'space',
        label: 'Free space',
        outcome: 'not-run',
        durationMs: 0,
        detail: '',
        meaning: '',
        advice: '',
      },
    ],
    error: undefined,
  } as const;

  test('the verdict comes first, then each step, with meaning and advice for a failed one', async () => {
    const ran = await runFake(['self-check'], { engine: engineWith({ check: failed }) });
    expect(ran.exitCode).toBe(6);
    const lines = ran.out.split('\n');
    expect(lines[0]).toBe('Self-check: FAILED. Files cannot be renamed.');
    expect(ran.out).toMatch(/ {2}ok +Write a file +12 ms {2}1 KB\n/);
    expect(ran.out).toContain(
      'Packets cannot be published.\n            Ask the provider for the right to rename.\n',
    );
    expect(ran.out).toContain('  not run  Free space');
  });

  test.each([
    ['self-check', undefined, 6],
    ['self-check', errorReport('forbidden', 'fix'), 6],
    ['self-check', errorReport('cannot-connect', 'retry'), 4],
    ['self-check', errorReport('login-refused', 'fix'), 5],
    ['test-connection', undefined, 4],
    ['test-connection', errorReport('login-refused', 'fix'), 5],
    ['test-connection', errorReport('untrusted', 'trust'), 10],
    ['test-connection', errorReport('cancelled', 'cancelled'), 130],
  ] as const)('a red %s with %j ends with %i', async (command, error, exitCode) => {
    const engine = engineWith({ check: { ...failed, error } });
    const ran = await runFake([command, '--json'], { engine });
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.json()).toMatchObject({ ok: false, exitCode, value: { verdict: failed.verdict } });
  });

  test('green ends with 0', async () => {
    expect((await runFake(['test-connection'])).exitCode).toBe(0);
    expect((await runFake(['self-check'])).out).toMatch(/^Self-check: ok\. It works\./);
  });
});

describe('transmit', () => {
  test('tells the verdict first, then the counts', async () => {
    const ran = await runFake(['transmit']);
    expect(ran.exitCode).toBe(0);
    expect(ran.out).toMatch(/^Done: 1 packet sent, 2 packets received\.\n/);
    expect(ran.out).toMatch(/Packed +14 files in 1 packet/);
    expect(ran.out).toMatch(/Sent +1 packet, 1\.2 MB/);
    expect(ran.out).toMatch(/Took +3\.2 s/);
  });

  test.each([
    ['--export-only', 'export-only'],
    ['--import-only', 'import-only'],
  ])('%s', async (option, mode) => {
    expect((await runFake(['transmit', option])).engine.calls).toEqual([`transmit ${mode}`]);
  });

  test.each([
    ['partial', undefined, 7],
    ['cancelled', undefined, 130],
    ['failed', errorReport('login-refused', 'fix'), 5],
    ['failed', errorReport('foreign-office', 'fix'), 3],
    ['failed', errorReport('connection-lost', 'retry'), 4],
    ['failed', errorReport('suspended', 'retry'), 8],
    ['failed', errorReport('no-room', 'full'), 1],
    ['failed', undefined, 1],
  ] as const)('an outcome %s with %j ends with %i', async (outcome, error, exitCode) => {
    const engine = engineWith({ onTransmit: async () => resultOf({ outcome, error }) });
    const ran = await runFake(['transmit', '--json'], { engine });
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.json()).toMatchObject({ ok: false, exitCode, value: { outcome } });
    expect((await runFake(['transmit'], { engine })).exitCode).toBe(exitCode);
  });

  test('what needs a person is listed', async () => {
    const attention = [{ text: 'Packet 42 was skipped after 6 tries.' }];
    const engine = engineWith({ onTransmit: async () => resultOf({ outcome: 'partial', attention }) });
    const ran = await runFake(['transmit', '--quiet'], { engine });
    expect(ran.out).toContain('Needs attention:\n  - Packet 42 was skipped after 6 tries.');
  });

  test('a warning is told once: in the list of what needs attention, or as a note', async () => {
    const engine = engineWith({
      onTransmit: async ({ onNote }) => {
        onNote?.({ level: 'warning', text: 'A packet was damaged on the way.' });
        onNote?.({ level: 'warning', text: 'Store 7 is silent.' });
        onNote?.({ level: 'info', text: 'Sent a packet.' });
        return resultOf({ attention: [{ text: 'Store 7 is silent.' }] });
      },
    });
    const ran = await runFake(['transmit'], { engine });
    expect(ran.err).toBe('Note: A packet was damaged on the way.\n');
    expect(ran.out).toContain('  - Store 7 is silent.');
  });

  test('--quiet says nothing when all went well', async () => {
    const ran = await runFake(['transmit', '--quiet']);
    expect([ran.exitCode, ran.out, ran.err]).toEqual([0, '', '']);
  });

  test('an error thrown before the run is told with what to do, and the engine is closed', async () => {
    const engine = engineWith({ onTransmit: () => Promise.reject(new Error('boom')) });
    const ran = await runFake(['transmit'], { engine });
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toContain('boom');
    expect(ran.err).not.toContain('\n    at ');
    expect(engine.closed).toBe(1);
    expect((await runFake(['transmit', '--verbose'], { engine })).err).toContain('\n    at ');
  });

  test('Ctrl-C reaches the engine, is acknowledged, and ends with 130', async () => {
    const stop = new AbortController();
    const engine = engineWith({
      onTransmit: async ({ signal }) => {
        stop.abort();
        return resultOf({ outcome: signal?.aborted ? 'cancelled' : 'done' });
      },
    });
    const ran = await runFake(['transmit'], { engine, signal: stop.signal });
    expect(ran.exitCode).toBe(130);
    expect(ran.err).toContain('Ctrl-C again ends at once');
  });
});

describe('queue', () => {
  test('lists what waits and why', async () => {
    const ran = await runFake(['queue'], { engine: engineWith({ rows: [queueRow] }) });
    expect(ran.out).toMatch(/^1 delivery: 0 waiting to be sent, 0 sent and not yet answered, 1 skipped\./);
    expect(ran.out).toContain('This is connection-lost.');
    expect(
      (await runFake(['queue', 'list', '--json'], { engine: engineWith({ rows: [queueRow] }) })).json().value,
    ).toEqual([queueRow]);
  });

  test.each([
    ['queue retry', 'retry all'],
    ['queue retry 12', 'retry 12'],
    ['queue skip 12', 'skip 12'],
    ['queue cancel 12', 'cancel 12'],
  ])('%s', async (line, call) => {
    const ran = await runFake(line.split(' '), { engine: engineWith({ rows: [queueRow] }) });
    expect(ran.exitCode).toBe(0);
    expect(ran.engine.calls).toEqual([call]);
  });
});

describe('resend', () => {
  test.each([
    [['packet.tar.zst'], { kind: 'packet', packet: 'packet.tar.zst' }],
    [['--to', 'ab1'], { kind: 'stream', to: 'AB1' }],
    [['--since', '2026-11-20T00:00Z'], { kind: 'since', sinceMs: 1_795_132_800_000 }],
    [
      ['--since', '2026-11-20 00:00+00:00', '--to', 'all'],
      { kind: 'since', sinceMs: 1_795_132_800_000, to: 'all' },
    ],
  ])('%j', async (options, request) => {
    const ran = await runFake(['resend', ...options]);
    expect(ran.exitCode).toBe(0);
    expect(ran.engine.calls).toEqual([`resend ${JSON.stringify(request)}`]);
  });

  test('what is no longer kept is named, and the exit code says "in part"', async () => {
    const ran = await runFake(['resend', '--to', 'all'], {
      engine: engineWith({ unavailable: ['old.tar.zst'] }),
    });
    expect(ran.exitCode).toBe(7);
    expect(ran.out).toContain('  - old.tar.zst');
  });
});

describe('history', () => {
  const detail = {
    transmissionId: resultOf().transmissionId,
    mode: 'full',
    startedMs: 1_795_250_000_000,
    endedMs: 1_795_250_003_200,
    outcome: 'done',
    result: resultOf(),
    notes: [{ atMs: 1_795_250_000_000, level: 'warning', text: 'Slow.' }],
    packets: [
      {
        direction: 'received',
        fileName: queueRow.fileName,
        site: 'central',
        outcome: 'accepted',
        message: '',
        files: [{ channel: 'price-book', path: 'evil\u001b[31m\nname.csv', sizeBytes: 5 }],
      },
    ],
  } as const;

  test('lists runs, and shows one by the beginning of its id', async () => {
    const engine = engineWith({ detail });
    expect((await runFake(['history'], { engine })).out).toContain(detail.transmissionId);
    const shown = await runFake(['history', 'show', '019abc12'], { engine });
    expect(shown.out).toContain('Received from central');
    expect(shown.out).toContain('warning  Slow.');
  });

  test('a file name cannot steer the terminal', async () => {
    const shown = await runFake(['history', 'show'], { engine: engineWith({ detail }) });
    expect(shown.out).toContain('evil\ufffd[31m\ufffdname.csv');
  });
});

describe('status', () => {
  test('says first whether all is well', async () => {
    expect((await runFake(['status'])).out).toMatch(/^All is well\.\n/);
    const engine = engineWith({ attention: ['Store 7 is silent.', 'The clock is off.'] });
    expect((await runFake(['status'], { engine })).out).toMatch(
      /^2 things need attention:\n {2}- Store 7 is silent\.\n/,
    );
  });
});

describe('demo', () => {
  test('problems end with 1 and are listed', async () => {
    const report = {
      agreed: false,
      sites: [],
      filesChecked: 3,
      problems: ['a.csv differs.'],
      keptIn: undefined,
    };
    const ran = await runFake(['demo'], { parts: { runDemo: async () => report } });
    expect(ran.exitCode).toBe(1);
    expect(ran.out).toContain('  - a.csv differs.');
  });
});
