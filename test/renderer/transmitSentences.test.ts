import { describe, expect, test } from 'vitest';
import { describeResult } from '../../renderer/parts/describeResult.ts';
import { attentionItems } from '../../renderer/windows/transmit/attentionItems.ts';
import { describeProgress } from '../../renderer/windows/transmit/describeProgress.ts';
import { siteSentence } from '../../renderer/windows/transmit/siteSentence.ts';
import type { ActiveRun, PresentState } from '../../shared/contract/calls.ts';
import type { Progress } from '../../shared/progress.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { centralSettings, configured } from './presentStates.ts';
import { transmissionResult, transmissionRow } from './sampleRows.ts';

const refused = {
  code: 'login-refused',
  class: 'fix',
  message: 'The server refused the username or password.',
  advice: 'Check both.',
} as const;

function siteWith(status: Partial<PresentState['status']>, more: Partial<PresentState> = {}): PresentState {
  const site = configured(centralSettings);
  return { ...site, ...more, status: { ...site.status, ...status } };
}

const run: ActiveRun = { runId: 'r', mode: 'export-only', startedMs: 0, startedBy: 'schedule', notes: [] };
const queue = { queued: 0, published: 0, skipped: 0, bytes: 0 };

const suspended = { sinceMs: 1, untilMs: 2, lastMessage: '421' };

describe('the sentence about this site', () => {
  const failed = transmissionRow('x', { outcome: 'failed', result: transmissionResult({ error: refused }) });
  const done = transmissionRow('x');
  const cases: readonly (readonly [string, PresentState, ActiveRun | undefined, string, string])[] = [
    ['a run comes before everything else', siteWith({ lastTransmission: failed }), run, 'busy', 'Sending…'],
    [
      'without a server, the FTP Configuration comes first',
      siteWith({}, { settings: settingsSchema.parse({ ...centralSettings, ftp: {} }) }),
      undefined,
      'warn',
      'Branchline does not know the server yet.',
    ],
    [
      'a failure is said before what waits',
      siteWith({ lastTransmission: failed, waitingFiles: 3 }),
      undefined,
      'bad',
      'The last transmission failed.',
    ],
    [
      'a suspended connection is said before the failure that it ended with',
      siteWith({ lastTransmission: failed, connection: { enabled: true, failures: 10, suspended } }),
      undefined,
      'warn',
      'The connection rests. What is packed waits in the queue.',
    ],
    [
      'a refused log-in is said before a suspension',
      siteWith({
        connection: { enabled: true, failures: 10, suspended, heldLogin: { sinceMs: 1, message: '530' } },
      }),
      undefined,
      'warn',
      'The server refused the log-in. What is packed waits in the queue.',
    ],
    [
      'FTP that is switched off is said before everything but a run',
      siteWith({ lastTransmission: failed, connection: { enabled: false, failures: 0 } }),
      undefined,
      'warn',
      'FTP is switched off. What is packed waits in the queue.',
    ],
    [
      'skipped packets are counted',
      siteWith({ lastTransmission: done, queue: { ...queue, skipped: 2 } }),
      undefined,
      'bad',
      '2 packets could not be delivered and wait for you.',
    ],
    [
      'what waits is counted by files and packets',
      siteWith({ lastTransmission: done, waitingFiles: 1, queue: { ...queue, queued: 2 } }),
      undefined,
      'info',
      '1 file and 2 packets wait to be sent.',
    ],
    [
      'one thing waits in the singular',
      siteWith({ lastTransmission: done, waitingFiles: 1 }),
      undefined,
      'info',
      '1 file waits to be sent.',
    ],
    ['a new site has not transmitted', siteWith({}), undefined, 'info', 'This site has not transmitted yet.'],
    [
      'otherwise all is well',
      siteWith({ lastTransmission: done }),
      undefined,
      'good',
      'Everything has been sent.',
    ],
  ];
  test.each(cases)('%s', (_name, site, active, tone, title) => {
    expect(siteSentence(site, active)).toMatchObject({ tone, title });
  });
});

test('what the banner says is not said again in the list of what needs attention', () => {
  for (const [code, sentence] of [
    [
      'suspended',
      'The connection is suspended after 10 failures in a row, for 14 more minutes: 421. Files are queued meanwhile. To try at once: branchline transmit --now',
    ],
    ['login-held', 'The server refused the log-in, so scheduled transmissions do not try it again: 530'],
    ['ftp-disabled', 'FTP is switched off: files are packed and queued.'],
  ] as const) {
    const error = { code, class: 'retry', message: sentence, advice: '' } as const;
    const lastTransmission = transmissionRow('x', {
      outcome: 'failed',
      result: transmissionResult({ error }),
    });
    const site = siteWith({
      lastTransmission,
      attention: [sentence, 'Store 0012 is late: Nothing has come.'],
    });
    expect(attentionItems({ ...site, hasPassword: true }).map(({ title }) => title)).toEqual([
      'Store 0012 is late: Nothing has come.',
    ]);
  }
});

describe('what needs a person', () => {
  test('a calm site asks for nothing', () => {
    expect(attentionItems(siteWith({ lastTransmission: transmissionRow('x') }))).toEqual([]);
  });

  test('skipped packets are told once, with buttons in place of commands', () => {
    const sentence = 'Packet central-0004-00000001-aaaaaaaa.tar.zst was skipped: No room.';
    const items = attentionItems(
      siteWith({
        queue: { ...queue, skipped: 1 },
        attention: [
          `${sentence} (branchline queue retry 4)`,
          `${sentence} Retry it with: branchline queue retry 4`,
        ],
      }),
    );
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ details: [sentence], actions: ['retry-skipped', 'open-queue'] });
    expect(JSON.stringify(items)).not.toContain('branchline queue');
  });

  test('packets that were retried since are no longer complained of', () => {
    const attention = ['Packet a.tar.zst was skipped: No room. (branchline queue retry 4)'];
    expect(attentionItems(siteWith({ attention }))).toEqual([]);
  });

  test('a refused password leads to the FTP Configuration, and is told once', () => {
    const items = attentionItems(
      siteWith({
        lastTransmission: transmissionRow('x', {
          outcome: 'failed',
          result: transmissionResult({ error: refused }),
        }),
        attention: [`The last transmission failed: ${refused.message}`],
      }),
    );
    expect(items).toHaveLength(1);
    expect(items[0]?.actions[0]).toBe('open-ftp');
    expect(items[0]?.body).toBe('The server refused the username or password. Check both.');
  });

  test('a transmission that a person cancelled is no trouble', () => {
    const error = { ...refused, class: 'cancelled' } as const;
    const lastTransmission = transmissionRow('x', {
      outcome: 'cancelled',
      result: transmissionResult({ error }),
    });
    expect(attentionItems(siteWith({ lastTransmission }))).toEqual([]);
  });

  test('a missing password is noticed, unless the log-in is anonymous', () => {
    expect(attentionItems(siteWith({}, { hasPassword: false })).map(({ key }) => key)).toEqual(['password']);
    const settings = settingsSchema.parse({
      ...centralSettings,
      ftp: { host: 'ftp.example.com', username: 'anonymous' },
    });
    expect(attentionItems(siteWith({}, { hasPassword: false, settings }))).toEqual([]);
  });

  test('what only the engine knows of is passed on in its words, after what can be mended here', () => {
    const told = 'Two sites claim store number 0044. Give one of them another number.';
    const items = attentionItems(siteWith({ attention: [told], queue: { ...queue, skipped: 1 } }));
    expect(items.map(({ level, title }) => [level, title])).toEqual([
      ['bad', '1 packet skipped'],
      ['warn', told],
    ]);
  });
});

describe('progress in words', () => {
  const progress: Progress = {
    phase: 'export',
    what: 'a.tar.zst',
    packetsDone: 3,
    packetsTotal: 12,
    bytesDone: 5_000_000,
    bytesTotal: 20_000_000,
    bytesPerSecond: 1_200_000,
    remainingMs: 12_500,
  };

  test('says packets, bytes, rate and time left', () => {
    const { percent, figures } = describeProgress(progress);
    expect(percent).toBe(25);
    expect(figures).toEqual(['3 of 12 packets', '5 MB of 20 MB', '1.2 MB/s', '13 s left']);
  });

  test('is not complete before the last packet is in its place', () => {
    expect(describeProgress({ ...progress, bytesDone: 20_000_000 }).percent).toBe(99);
  });

  test('never exceeds its end when more came than was announced', () => {
    expect(describeProgress({ ...progress, packetsDone: 12, bytesDone: 30_000_000 }).percent).toBe(100);
  });

  test('is unknown while a phase has nothing to count', () => {
    const silent = { packetsDone: 0, packetsTotal: 0, bytesDone: 0, bytesTotal: 0, bytesPerSecond: 0 };
    expect(describeProgress({ phase: 'connect', what: '', ...silent })).toEqual({
      phase: 'Connecting',
      what: '',
      figures: [],
    });
  });
});

describe('what happened in a transmission', () => {
  test('counts what moved', () => {
    const received = { packets: 1, files: 7, bytes: 9, rejected: 0, duplicates: 0, waiting: 0 };
    const result = transmissionResult({ sent: { packets: 2, bytes: 5 }, received });
    expect(describeResult(transmissionRow('x', { result }))).toBe(
      '2 packets sent and 1 packet received (7 files).',
    );
  });

  test('begins with why it failed', () => {
    const result = transmissionResult({ outcome: 'failed', error: refused });
    expect(describeResult(transmissionRow('x', { outcome: 'failed', result }))).toBe(refused.message);
  });

  test('says of an interrupted one that its work was taken up', () => {
    expect(describeResult(transmissionRow('x', { outcome: 'interrupted' }))).toContain('took up its work');
  });
});
