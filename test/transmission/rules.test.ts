import { expect, test } from 'vitest';
import { z } from 'zod';
import { planStream } from '../../electron/transmission/inbox/planStream.ts';
import { openJson, sealJson } from '../../electron/transmission/office/sealedJson.ts';
import { decideReady } from '../../electron/transmission/outgoing/decideReady.ts';
import { groupIntoPackets } from '../../electron/transmission/outgoing/groupIntoPackets.ts';
import type { OutgoingFile } from '../../electron/transmission/outgoing/scanOutgoing.ts';
import { withSuffix } from '../../electron/transmission/placeFile.ts';
import { retryDelayMs } from '../../electron/transmission/publish/backoff.ts';
import { deliverySchema } from '../../shared/settings.ts';
import { channelNameSchema, storeNumberSchema } from '../../shared/sites.ts';
import { createSeededRandom } from '../support/seededRandom.ts';

const channel = channelNameSchema.parse('daily-close');
const store = storeNumberSchema.parse('0012');

function file(path: string, sizeBytes = 10, over: Partial<OutgoingFile> = {}): OutgoingFile {
  return {
    channel,
    to: 'central',
    path,
    absolutePath: `/out/${path}`,
    stamp: { sizeBytes, modifiedNs: '1', inode: '1:1' },
    ...over,
  };
}

const streamFile = (sequence: number, fileName = `f${sequence}`) => ({ sequence, fileName });

test.each([
  {
    name: 'numbers in a row are all next',
    present: [1, 2, 3],
    through: 0,
    wanted: [1, 2, 3],
    waiting: [],
    missing: [],
  },
  {
    name: 'a listing in any order is sorted',
    present: [3, 1, 2],
    through: 0,
    wanted: [1, 2, 3],
    waiting: [],
    missing: [],
  },
  {
    name: 'what follows a gap waits',
    present: [5, 7, 8],
    through: 4,
    wanted: [5],
    waiting: [7, 8],
    missing: [{ from: 6, through: 6 }],
  },
  {
    name: 'each gap is its own range',
    present: [3, 6],
    through: 0,
    wanted: [],
    waiting: [3, 6],
    missing: [
      { from: 1, through: 2 },
      { from: 4, through: 5 },
    ],
  },
  {
    name: 'an old number never seen is looked at',
    present: [2, 5],
    through: 4,
    wanted: [2, 5],
    waiting: [],
    missing: [],
  },
  { name: 'nothing there, nothing missing', present: [], through: 9, wanted: [], waiting: [], missing: [] },
])('planning a stream: $name', ({ present, through, wanted, waiting, missing }) => {
  const plan = planStream(
    present.map((sequence) => streamFile(sequence)),
    through,
  );
  expect(plan.wanted.map((item) => item.sequence)).toEqual(wanted);
  expect(plan.waiting.map((item) => item.sequence)).toEqual(waiting);
  expect(plan.missing).toEqual(missing);
});

test('two packets with one number are both looked at, a void beside the one it replaces', () => {
  const plan = planStream([streamFile(1, 'b'), streamFile(1, 'a'), streamFile(2, 'c')], 0);
  expect(plan.wanted.map((item) => item.fileName)).toEqual(['a', 'b', 'c']);
});

test('a file is ready once it looked the same over the interval, and not before', () => {
  const first = decideReady([file('a')], [], 1000, 500);
  expect([first.ready.length, first.waiting.length, first.readyAtMs]).toEqual([0, 1, 1500]);
  const soon = decideReady([file('a')], first.remember, 1400, 500);
  expect([soon.ready.length, soon.waiting.length]).toEqual([0, 1]);
  expect(decideReady([file('a')], first.remember, 1500, 500).ready).toHaveLength(1);
});

test('a file that changed in size, time or identity begins its wait anew', () => {
  const { remember } = decideReady([file('a')], [], 1000, 500);
  for (const stamp of [
    { sizeBytes: 11, modifiedNs: '1', inode: '1:1' },
    { sizeBytes: 10, modifiedNs: '2', inode: '1:1' },
    { sizeBytes: 10, modifiedNs: '1', inode: '1:2' },
  ]) {
    expect(decideReady([file('a', 10, { stamp })], remember, 9000, 500).ready).toEqual([]);
  }
});

test('a clock that was set back does not make a file wait for the old time', () => {
  const { remember } = decideReady([file('a')], [], 1_000_000, 500);
  const back = decideReady([file('a')], remember, 2000, 500);
  expect(back.readyAtMs).toBe(2500);
  expect(decideReady([file('a')], back.remember, 2500, 500).ready).toHaveLength(1);
});

test('a file that is kept after packing is not packed again until it changes, and a removed one is forgotten', () => {
  const packed = {
    path: '/out/a',
    sizeBytes: 10,
    modifiedNs: '1',
    inode: '1:1',
    unchangedSinceMs: 0,
    packed: true,
  };
  expect(decideReady([file('a')], [packed], 9000, 0).ready).toEqual([]);
  const stamp = { sizeBytes: 10, modifiedNs: '2', inode: '1:1' };
  expect(decideReady([file('a', 10, { stamp })], [packed], 9000, 0).ready).toHaveLength(1);
  expect(decideReady([], [packed], 9000, 0).forget).toEqual(['/out/a']);
});

test('files are divided by addressee and closed at the size or count limit; a larger one travels alone', () => {
  const files = [file('a', 60), file('b', 60), file('c', 500), file('d', 10), file('e', 10, { to: store })];
  const plans = groupIntoPackets(files, { bytes: 100, files: 10 });
  expect(plans.map((plan) => `${plan.to}: ${plan.files.map((one) => one.path).join(' ')}`)).toEqual([
    'central: a',
    'central: b',
    'central: c',
    'central: d',
    '0012: e',
  ]);
  expect(groupIntoPackets([file('a'), file('b'), file('c')], { bytes: 1000, files: 2 })).toHaveLength(2);
});

test('retry delays double up to the bound and are drawn from the upper half', () => {
  const rules = deliverySchema.parse({ firstRetrySeconds: 1, longestRetrySeconds: 10 });
  const random = createSeededRandom();
  for (const [attempts, span] of [
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [4, 8000],
    [5, 10_000],
    [50, 10_000],
  ] as const) {
    for (let draw = 0; draw < 50; draw += 1) {
      const delay = retryDelayMs(attempts, rules, random);
      expect(delay).toBeGreaterThanOrEqual(span / 2);
      expect(delay).toBeLessThanOrEqual(span);
    }
  }
});

test('a suffix stands before the extension and keeps the name within 255 bytes', () => {
  expect(withSuffix('/in/price list.csv', 2)).toBe('/in/price list (2).csv');
  expect(withSuffix('/in/README', 3)).toBe('/in/README (3)');
  const long = withSuffix(`/in/${'ü'.repeat(125)}.csv`, 12);
  expect(Buffer.byteLength(long.slice('/in/'.length))).toBeLessThanOrEqual(255);
  expect(long.endsWith(' (12).csv')).toBe(true);
});

test('a small file tells damage from what it cannot read, whichever byte is flipped', () => {
  const schema = z.object({ number: z.int(), name: z.string() });
  const text = sealJson({ number: 1, name: 'Büro' });
  expect(openJson(Buffer.from(text), schema)).toEqual({ ok: true, value: { number: 1, name: 'Büro' } });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 1) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 0x01;
    const opened = openJson(flipped, schema);
    // White space may change without changing what the file says.
    if (opened.ok) expect(opened.value).toEqual({ number: 1, name: 'Büro' });
    else expect(opened.why).toBe('damaged');
  }
  for (let length = 0; length < bytes.length - 2; length += 1) {
    expect(openJson(bytes.subarray(0, length), schema)).toMatchObject({ ok: false, why: 'damaged' });
  }
  expect(openJson(Buffer.from(sealJson({ number: 'one' })), schema)).toMatchObject({
    ok: false,
    why: 'invalid',
  });
});
