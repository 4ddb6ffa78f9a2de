import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that says exactly what it is told to, for what no honest client would say. */
export interface RawFtp {
  readonly socket: Socket;
  /** Sends bytes as they are. */
  send(text: string): void;
  /** The next whole reply, several lines joined by `\n`; `closed` once the connection has ended. */
  reply(): Promise<string>;
  /** Sends one command and waits for its reply. */
  command(line: string): Promise<string>;
  logIn(username: string, password: string): Promise<string>;
  /** Opens a passive data connection. */
  openData(): Promise<Socket>;
  close(): void;
}

/** Whole replies at the start of what arrived, and what is left. */
function cutReply(text: string): { reply: string; rest: string } | undefined {
  const match = /^(?:(\d{3})-.*?\r\n\1 [^\r\n]*|\d{3} [^\r\n]*)\r\n/s.exec(text);
  if (match === null) return undefined;
  return { reply: match[0].trimEnd().replaceAll('\r\n', '\n'), rest: text.slice(match[0].length) };
}

export async function connectRaw(port: number): Promise<RawFtp> {
  const socket = connect({ port, host: '127.0.0.1' });
  let received = '';
  let closed = false;
  let wake: () => void = () => undefined;
  socket.on('data', (chunk) => {
    received += chunk.toString();
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
    wake();
  });
  await once(socket, 'connect');

  const raw: RawFtp = {
    socket,
    send: (text) => void socket.write(text),
    async reply() {
      for (;;) {
        const cut = cutReply(received);
        if (cut !== undefined) {
          received = cut.rest;
          return cut.reply;
        }
        if (closed) return 'closed';
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    command(line) {
      socket.write(`${line}\r\n`);
      return raw.reply();
    },
    async logIn(username, password) {
      await raw.reply();
      await raw.command(`USER ${username}`);
      return raw.command(`PASS ${password}`);
    },
    async openData() {
      const reply = await raw.command('EPSV');
      const data = connect({ port: Number(/\|\|\|(\d+)\|/.exec(reply)?.[1]), host: '127.0.0.1' });
      data.on('error', () => undefined);
      await once(data, 'connect');
      return data;
    },
    close: () => void socket.destroy(),
  };
  return raw;
}
