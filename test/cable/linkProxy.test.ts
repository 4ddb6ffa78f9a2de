import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LinkFault } from '../../build/bench/linkFault.ts';
import { type LinkProxy, type LinkProxyOptions, startLinkProxy } from '../../build/bench/linkProxy.ts';
import { startLinkProxyProcess } from '../../build/bench/linkProxyProcess.ts';
import { practiceSite, rawClient } from '../practice/practiceFixture.ts';

/** A server that does what a test says with its one connection. */
async function server(onClient: (socket: Socket) => void): Promise<{ host: string; port: number }> {
  const listening = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    onClient(socket);
  });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => void listening.close());
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { host: '127.0.0.1', port: address.port };
}

async function link(options: LinkProxyOptions): Promise<LinkProxy> {
  const proxy = await startLinkProxy(options);
  onTestFinished(() => proxy.stop());
  return proxy;
}

async function client(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

const echo = (socket: Socket): void => void socket.pipe(socket);

/** Everything a socket received until it ended, and how it ended. */
async function untilEnd(socket: Socket): Promise<{ bytes: number; end: string }> {
  let bytes = 0;
  socket.on('data', (chunk) => {
    bytes += chunk.length;
  });
  const ended = once(socket, 'end').then(() => 'end');
  const failed = once(socket, 'close').then(() => 'reset');
  ended.catch(() => undefined);
  return { end: await Promise.race([ended, failed]).catch(() => 'reset'), bytes };
}

describe('the shape of a line', () => {
  test('bytes come through a slow line in order and complete, both ways', async () => {
    const sent = randomBytes(1_500_000);
    const proxy = await link({ server: await server(echo), roundTripMs: 20, bytesPerSecond: 10_000_000 });
    const socket = await client(proxy.port);
    const received = buffer(socket);
    socket.end(sent);
    expect(sent.equals(await received)).toBe(true);
    expect(proxy.counts().control).toEqual({ connections: 1, bytesUp: 1_500_000, bytesDown: 1_500_000 });
  });

  test('a round trip takes the time that was set, and opening a connection one more', async () => {
    const proxy = await link({ server: await server(echo), roundTripMs: 80 });
    const start = performance.now();
    const socket = await client(proxy.port);
    socket.write('first');
    await once(socket, 'data');
    const opened = performance.now();
    socket.write('second');
    await once(socket, 'data');
    const answered = performance.now();
    expect(opened - start).toBeGreaterThanOrEqual(158);
    expect(answered - opened).toBeGreaterThanOrEqual(79);
  });

  test('two connections share the rate and neither starves', async () => {
    const accepted: Socket[] = [];
    const { port } = await link({
      // Both begin at the same moment, however late one of them was connected.
      server: await server((socket) => {
        if (accepted.push(socket) === 2) for (const each of accepted) each.end(Buffer.alloc(1_000_000));
      }),
      bytesPerSecond: 4_000_000,
    });
    const received = [0, 0];
    const behind: number[] = [];
    const finished = async (index: 0 | 1): Promise<void> => {
      const socket = await client(port);
      for await (const chunk of socket) received[index] = (received[index] ?? 0) + chunk.length;
      behind.push(1_000_000 - Math.min(...received));
    };
    await Promise.all([finished(0), finished(1)]);
    expect(received).toEqual([1_000_000, 1_000_000]);
    // When the first one was through, the other one had most of its bytes.
    expect(behind[0]).toBeLessThan(400_000);
  });

  test('a receiver that does not read stops the sender', async () => {
    let written = 0;
    const { port } = await link({
      server: await server((socket) => {
        const chunk = Buffer.alloc(1_000_000);
        const more = (): void => {
          while (written < 200_000_000 && socket.write(chunk)) written += chunk.length;
        };
        socket.on('drain', more);
        more();
      }),
    });
    const socket = await client(port);
    socket.pause();
    // Buffers of the kernel fill at first; then nothing moves any more.
    const seen: number[] = [];
    const rests = (): boolean => {
      seen.push(written);
      return seen.at(-1) === seen.at(-2);
    };
    await expect.poll(rests, { interval: 200, timeout: 10_000 }).toBe(true);
    expect(written).toBeLessThan(100_000_000);
  });

  test('the same line in a process of its own', async () => {
    const proxy = await startLinkProxyProcess({ server: await server(echo), roundTripMs: 20 });
    onTestFinished(() => proxy.stop());
    const socket = await client(proxy.port);
    socket.end('hello');
    expect(await text(socket)).toBe('hello');
    expect((await proxy.counts()).control).toEqual({ connections: 1, bytesUp: 5, bytesDown: 5 });
  });
});

describe('faults', () => {
  const cases: readonly [LinkFault['kind'], string][] = [
    ['cut', 'reset'],
    ['close', 'end'],
    ['half-close', 'end'],
  ];
  for (const [kind, end] of cases) {
    test(`a ${kind} after n bytes lets no more than n through`, async () => {
      const target = await server((socket) => socket.end(Buffer.alloc(500_000)));
      const { port } = await link({
        server: target,
        faults: () => ({ kind, direction: 'down', afterBytes: 123_457 }),
      });
      const result = await untilEnd(await client(port));
      expect(result.end).toBe(end);
      if (kind === 'cut') expect(result.bytes).toBeLessThanOrEqual(123_457);
      else expect(result.bytes).toBe(123_457);
    });
  }

  test('after a half-close of the upload the answer still comes back', async () => {
    const target = await server((socket) => {
      void buffer(socket).then((all) => socket.end(`got ${all.length}`));
    });
    const { port } = await link({
      server: target,
      faults: () => ({ kind: 'half-close', direction: 'up', afterBytes: 1000 }),
    });
    const socket = await client(port);
    socket.write(Buffer.alloc(5000));
    expect(await text(socket)).toBe('got 1000');
  });

  test('a stalled line moves nothing more and holds the sender back', async () => {
    const { port } = await link({
      server: await server(echo),
      faults: () => ({ kind: 'stall', direction: 'up', afterBytes: 10 }),
    });
    const socket = await client(port);
    let received = 0;
    socket.on('data', (chunk) => {
      received += chunk.length;
    });
    const blocked = !socket.write(Buffer.alloc(64_000_000));
    await expect.poll(() => socket.writableLength > 0 && blocked).toBe(true);
    expect(received).toBeLessThanOrEqual(10);
    expect(socket.closed).toBe(false);
  });

  test('a fault of the whole line takes the other connections with it', async () => {
    const proxy = await link({
      server: await server(echo),
      faults: ({ index }) =>
        index === 2 ? { kind: 'cut', direction: 'up', afterBytes: 3, scope: 'link' } : undefined,
    });
    const first = await client(proxy.port);
    first.write('x');
    await once(first, 'data');
    const second = await client(proxy.port);
    const ends = Promise.all([untilEnd(first), untilEnd(second)]);
    second.write('abcdef');
    expect((await ends).map(({ end }) => end)).toEqual(['reset', 'reset']);
    const third = await client(proxy.port);
    third.end('works again');
    expect(await text(third)).toBe('works again');
  });
});

describe('FTP through the line', () => {
  test('passive data connections go through it, by EPSV and by PASV', async () => {
    const site = await practiceSite();
    writeFileSync(join(site.root, 'a.bin'), Buffer.alloc(50_000));
    const proxy = await link({ server: { host: '127.0.0.1', port: site.port } });
    const raw = await rawClient(proxy.port);
    const data = await raw.openData();
    await raw.command('RETR a.bin');
    expect(await buffer(data)).toHaveLength(50_000);
    expect(await raw.reply()).toMatch(/^226 /);
    const numbers = /(\d+),(\d+)\)/.exec(await raw.command('PASV')) ?? [];
    const upload = await client(Number(numbers[1]) * 256 + Number(numbers[2]));
    await raw.command('STOR b.bin');
    upload.end(Buffer.alloc(777));
    expect(await raw.reply()).toMatch(/^226 /);
    expect(proxy.counts().data).toEqual({ connections: 2, bytesUp: 777, bytesDown: 50_000 });
  });

  test('a reply that comes in pieces is led through it as well', async () => {
    const dataTarget = await server((socket) => socket.end('data'));
    const control = await server((socket) => {
      socket.write('220 hi\r\n22');
      setTimeout(() => socket.write('9 Extended (|||'), 20);
      setTimeout(() => socket.write(`${dataTarget.port}|)\r`), 40);
      setTimeout(() => socket.end('\n'), 60);
    });
    const proxy = await link({ server: control });
    const said = await text(await client(proxy.port));
    const port = Number(/\|\|\|(\d+)\|/.exec(said)?.[1]);
    expect(said).toBe(`220 hi\r\n229 Extended (|||${port}|)\r\n`);
    expect(port).not.toBe(dataTarget.port);
    expect(await text(await client(port))).toBe('data');
  });

  test('a protocol that is not FTP passes unchanged', async () => {
    const lookalike = 'SSH-2.0\r\n229 Extended (|||1234|)\r\n2';
    const proxy = await link({ server: await server((socket) => socket.end(lookalike)) });
    expect(await text(await client(proxy.port))).toBe(lookalike);
  });

  test('once TLS has begun not a byte is changed', async () => {
    const lookalike = '229 Extended (|||1234|)\r\n';
    const control = await server((socket) => {
      socket.write('234 go ahead\r\n');
      setTimeout(() => socket.end(lookalike), 20);
    });
    const proxy = await link({ server: control });
    expect(await text(await client(proxy.port))).toBe(`234 go ahead\r\n${lookalike}`);
  });
});
