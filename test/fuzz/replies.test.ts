import { isIP } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ControlConnection } from '../../electron/transport/ftp/controlConnection.ts';
import { parseAnnouncedSize } from '../../electron/transport/ftp/downloadFile.ts';
import { type FtpReply, quoteReply } from '../../electron/transport/ftp/ftpReply.ts';
import { parsePwdReply } from '../../electron/transport/ftp/inFolder.ts';
import { greetingError, homeError, loginError, tlsRefused } from '../../electron/transport/ftp/openError.ts';
import { parseEpsvReply, parsePasvReply } from '../../electron/transport/ftp/passiveReply.ts';
import { choosePassiveHost } from '../../electron/transport/ftp/passiveTarget.ts';
import { badReply, explainsBreak, replyError } from '../../electron/transport/ftp/replyError.ts';
import { parseFeatures } from '../../electron/transport/ftp/serverFeatures.ts';
import { parseTimeValue } from '../../electron/transport/ftp/timeValue.ts';
import { ExchangeError } from '../../shared/errors.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { fuzzTest, resultOrRefusal } from './fuzzTest.ts';
import { chunked, mutated, mutatedText } from './mutations.ts';

const secret = 'open sesame Cn4ry7q9Zx';
const replyTimeoutMs = 10_000;

/** What a server says in a session, in good order. */
const conversation = [
  '220 Welcome\r\n331 Password please\r\n230 Logged in\r\n',
  '220-Welcome\r\n to this server\r\n220-still\r\n220 ready\r\n',
  '211-Features:\r\n MLST type*;size*;modify*;\r\n UTF8\r\n REST STREAM\r\n211 End\r\n',
  '229 Entering Extended Passive Mode (|||50123|)\r\n150 Opening BINARY mode data connection for a (5 bytes)\r\n226 Transfer complete\r\n',
  '227 Entering Passive Mode (127,0,0,1,195,203).\r\n',
  '257 "/home/""quoted""" is the current directory\r\n250 OK\r\n213 1057\r\n213 20261121084100.123\r\n',
  '550 No such file\r\n552 Quota exceeded\r\n421 Too many connections\r\n',
  `530 Login incorrect for PASS ${secret}\r\n`,
  '120 Ready in a moment\r\n220 Now\r\n',
];

type Outcome = { readonly reply: FtpReply } | { readonly error: unknown } | undefined;

/** A control connection on which everything said is heard; `expected` replies are waited for. */
function listen(expected: number) {
  const clock = createFakeClock();
  const lines: string[] = [];
  const control = new ControlConnection({
    clock,
    replyTimeoutMs,
    secrets: [secret],
    onLine: (_, line) => lines.push(line),
  });
  const outcomes: Outcome[] = Array.from({ length: expected }, () => undefined);
  for (const index of outcomes.keys()) {
    // The greeting is the one reply that is waited for without a command.
    control.greeting().then(
      (reply) => {
        outcomes[index] = { reply };
      },
      (error: unknown) => {
        outcomes[index] = { error };
      },
    );
  }
  const decoder = new StringDecoder('utf8');
  return {
    control,
    outcomes,
    lines,
    hear: (chunk: Buffer) => control.socket.emit('data', decoder.write(chunk)),
    end: () => clock.advance(100 * replyTimeoutMs),
  };
}

const cuts = fc.array(fc.nat(100_000), { maxLength: 12 });

fuzzTest(
  'whatever a server says, everybody who waits for a reply gets one, or an error, in time',
  4000,
  fc.tuple(mutated(conversation, 6), cuts),
  async ([said, places]) => {
    const { control, outcomes, lines, hear, end } = listen(6);
    for (const chunk of chunked(said, places)) hear(chunk);
    await end();
    for (const outcome of outcomes) {
      if (outcome !== undefined && 'reply' in outcome) {
        expect(outcome.reply.code).toBeGreaterThanOrEqual(200);
        expect(outcome.reply.code).toBeLessThan(600);
      } else {
        expect(outcome?.error).toBeInstanceOf(ExchangeError);
      }
    }
    // Six waited; fewer answers than that are a time-out or worse.
    if (outcomes.some((outcome) => outcome === undefined || 'error' in outcome)) {
      expect(control.failure).toBeInstanceOf(ExchangeError);
    }
    expect(lines.join('\n')).not.toContain(secret);
    for (const line of lines) expect(line.length).toBeLessThan(600);
    control.fail(new ExchangeError({ code: 'over', class: 'cancelled', message: 'Over.' }));
  },
);

const goodReply = fc
  .tuple(
    fc.integer({ min: 200, max: 599 }).filter((code) => code !== 421),
    fc.array(fc.constantFrom('Welcome', '', ' 220 not the end', 'é 漢字 \u{1f600}', '"quoted"', '(1,2,3)'), {
      maxLength: 4,
    }),
  )
  .map(([code, middle]) => {
    const lines =
      middle.length === 0 ? [`${code} Done`] : [`${code}-${middle[0]}`, ...middle.slice(1), `${code} End`];
    return {
      code,
      wire: lines.map((line) => `${line}\r\n`).join(''),
      lines: lines.filter((line) => line.trim() !== ''),
    };
  });

fuzzTest(
  'replies come out the same however the network cuts them',
  2000,
  fc.tuple(fc.array(goodReply, { minLength: 1, maxLength: 5 }), cuts),
  async ([replies, places]) => {
    const { control, outcomes, hear } = listen(replies.length);
    for (const chunk of chunked(Buffer.from(replies.map(({ wire }) => wire).join('')), places)) hear(chunk);
    await Promise.resolve();
    await Promise.resolve();
    expect(outcomes).toEqual(replies.map(({ code, lines }) => ({ reply: { code, text: lines.join('\n') } })));
    control.fail(new ExchangeError({ code: 'over', class: 'cancelled', message: 'Over.' }));
  },
);

test.each([
  ['a line without end', 'a'.repeat(1000)],
  ['a reply without end', ` ${'a'.repeat(1000)}\r\n`],
  ['a reply of empty lines without end', `${'\r\n'.repeat(500)}`],
  ['a reply of blank lines without end', `${' '.repeat(998)}\r\n`],
])('%s is not kept in memory', async (_name, piece) => {
  const { control, outcomes, hear, end } = listen(1);
  hear(Buffer.from('211-Features:\r\n'));
  for (let count = 0; count < 3000 && control.failure === undefined; count += 1) {
    hear(Buffer.from(piece));
    expect(control.unread.length).toBeLessThan(2 ** 18);
  }
  await end();
  expect(outcomes[0]).toMatchObject({ error: expect.any(ExchangeError) });
});

test('a server that only ever promises an answer does not keep anybody waiting', async () => {
  const { outcomes, hear, end } = listen(1);
  for (let count = 0; count < 1000; count += 1) {
    hear(Buffer.from('150 Soon\r\n'));
    await Promise.resolve();
  }
  await end();
  expect(outcomes[0]).toMatchObject({ error: { code: 'timed-out' } });
});

fuzzTest(
  'an address for a data connection is a possible one, and never another machine’s',
  6000,
  mutatedText(conversation),
  async (text) => {
    const port = parseEpsvReply(text);
    if (port !== undefined) expect(port >= 1 && port <= 65_535).toBe(true);
    const target = parsePasvReply(text);
    if (target === undefined) return;
    expect(isIP(target.host)).toBe(4);
    expect(target.port >= 1 && target.port <= 65_535).toBe(true);
    for (const control of [
      '127.0.0.1',
      '198.51.100.7',
      '192.168.1.5',
      '2001:db8::1',
      '::ffff:198.51.100.7',
    ]) {
      const chosen = await resultOrRefusal(
        () => choosePassiveHost(target.host, control, 'automatic'),
        ExchangeError,
      );
      if ('value' in chosen) expect(chosen.value).toBe(control.replace('::ffff:', ''));
      else expect(chosen.refusal).toMatchObject({ code: 'foreign-data-address' });
    }
  },
);

fuzzTest(
  'what a reply means can always be said, in bounded plain words without the password',
  5000,
  fc.tuple(mutatedText(conversation, 6), fc.integer({ min: 400, max: 599 })),
  ([text, code]) => {
    const reply: FtpReply = { code, text };
    const quoted = quoteReply(text, [secret]);
    expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    explainsBreak(reply);
    const what = 'reading a.txt';
    for (const error of [
      replyError(reply, quoted, what),
      badReply(quoted, what),
      greetingError(reply, quoted),
      loginError(reply, quoted),
      homeError('/home', quoted),
      tlsRefused(quoted),
    ]) {
      expect(error).toBeInstanceOf(ExchangeError);
      expect(error.message.length).toBeLessThan(1000);
      expect(error.message + error.advice + (error.reply ?? '')).not.toContain(secret);
    }
  },
);

fuzzTest(
  'the small things in replies are numbers and names, or nothing',
  6000,
  mutatedText(conversation),
  (text) => {
    const size = parseAnnouncedSize(text);
    expect(size === undefined || (Number.isSafeInteger(size) && size >= 0)).toBe(true);
    const folder = parsePwdReply(text);
    expect(folder === undefined || (folder !== '' && !/\p{Cc}/u.test(folder))).toBe(true);
    expect(Object.values(parseFeatures(text)).every((value) => typeof value === 'boolean')).toBe(true);
    for (const candidate of [text.slice(4).trim(), ...(text.match(/\d{14}[\d.]*/g) ?? [])]) {
      const time = parseTimeValue(candidate);
      expect(time === undefined || Number.isSafeInteger(time)).toBe(true);
    }
  },
);

test('64 KB of quotes, digits or commas are looked through at once', () => {
  for (const piece of ['"', '"a', '1,', ',', '(', '(|||', '1', '(1 bytes', 'no such ', '\u0000']) {
    const text = `257 ${piece.repeat(Math.floor(65_000 / piece.length))}`;
    const before = process.cpuUsage();
    parsePwdReply(text);
    parseEpsvReply(text);
    parsePasvReply(text);
    parseAnnouncedSize(text);
    parseFeatures(text);
    replyError({ code: 550, text }, quoteReply(text, [secret]), 'reading');
    loginError({ code: 530, text }, quoteReply(text, [secret]));
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(400);
  }
});
