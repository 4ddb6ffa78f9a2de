import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { openJson } from '../../electron/transmission/office/sealedJson.ts';
import { quoteReply } from '../../electron/transport/ftp/ftpReply.ts';
import { parseListing } from '../../electron/transport/ftp/parseListing.ts';
import { sendStream } from '../../electron/transport/ftp/sendStream.ts';
import { officeSchema } from '../../shared/office.ts';
import { parseSettings } from '../../shared/parseSettings.ts';

// What chance has found once is tried every time.

test('an upload whose connection was given up before its first byte ends', async () => {
  const socket = new Socket();
  socket.destroy();
  const watch = { expect: () => {}, rest: () => {} };
  await expect(sendStream(socket, Readable.from(['x']), watch, undefined)).rejects.toMatchObject({
    code: 'connection-lost',
  });
});

test('a password that control characters split in a reply is not shown', () => {
  expect(quoteReply('530 PASS open\0sesame 42', ['open sesame 42'])).toBe('530 PASS ***');
});

test('a sealed file nested too deeply to be written is damaged', () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  expect(openJson(Buffer.from(`{"sha256":"","content":${deep}}`), officeSchema)).toMatchObject({
    ok: false,
    why: 'damaged',
  });
});

test('a negative size in a listing is no size', () => {
  expect(parseListing(Buffer.from('type=file;size=-1; a.csv\r\n'), 'LIST', 0)).toMatchObject([
    { name: 'a.csv', sizeBytes: undefined },
  ]);
});

test('thousands of unknown settings are told in a few words', () => {
  const settings = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`setting ${index}`, 1]));
  expect(() => parseSettings({ formatVersion: 1, ...settings })).toThrow(/^(.|\n){1,1000}$/);
});
