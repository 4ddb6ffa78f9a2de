import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Chance } from './chance.ts';

export interface NonsenseServer {
  readonly port: number;
  /** How many replies were not what an honest server says. */
  readonly lies: number;
  stop(): Promise<void>;
}

const otherReplies = [
  '150 Opening BINARY mode data connection for a (99999 bytes)',
  '150 Soon',
  '226 Done',
  '230 Welcome',
  '350 Go on',
  '200 OK',
  '213 99999999999999999999',
  '213 20269999999999',
  '221 Goodbye',
  '227 Entering Passive Mode (10,0,0,1,0,1)',
  '229 Entering Extended Passive Mode (|||1|)',
  '234 Go ahead',
  '257 "',
  '421 Too many connections',
  '425 Cannot open data connection',
  '426 Broken off',
  '450 No files found',
  '451 Local error',
  '500 What?',
  '502 Not known',
  '504 Not for that',
  '530 Not logged in',
  '550 No such file',
  '552 Quota exceeded',
  '999 Never heard of',
  'HTTP/1.1 400 Bad Request',
];

const listing = [
  'type=dir;modify=20261121084100; stores\r\n',
  'type=file;size=5;modify=20261121084100; a.txt\r\n',
  '-rw-r--r--    1 2000     2000         1057 Nov 21 08:41 b.txt\r\n',
  'total 3\r\n',
];

/** A server that is honest most of the time, and otherwise says and does whatever chance wants. */
export async function startNonsenseServer(chance: Chance): Promise<NonsenseServer> {
  const sockets = new Set<Socket>();
  const listeners = new Set<Server>();
  let lies = 0;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const open = async (onConnection: (socket: Socket) => void): Promise<number> => {
    const listener = createServer((socket) => onConnection(keep(socket)));
    listeners.add(listener);
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    // A listening TCP server has an address and a port.
    return (listener.address() as AddressInfo).port;
  };

  const serve = (control: Socket) => {
    let data: Promise<Socket> | undefined;
    const write = (bytes: Buffer) => {
      if (control.destroyed) return;
      const middle = chance.below(bytes.length);
      if (chance.percent(30)) control.write(bytes.subarray(0, middle));
      control.write(chance.percent(30) ? bytes.subarray(middle) : bytes);
    };
    let loggedIn = false;
    const say = (honest: string) => {
      // Few would get past the log-in otherwise.
      if (chance.percent(loggedIn ? 80 : 93)) {
        control.write(`${honest}\r\n`);
        return;
      }
      lies += 1;
      switch (chance.below(12)) {
        case 0:
          return; // Nothing at all.
        case 1:
          control.end(`${honest}\r\n`);
          return;
        case 2:
          control.destroy();
          return;
        case 3:
          write(chance.random.bytes(chance.below(300)));
          return;
        case 4:
          write(Buffer.from(`${honest.slice(0, 3)}-${'x'.repeat(70_000)}\r\n${honest}\r\n`));
          return;
        case 5:
          write(Buffer.from(`${honest}\r\n${chance.pick(otherReplies)}\r\n`));
          return;
        case 6: {
          const damaged = Buffer.from(`${honest}\r\n`);
          damaged.writeUInt8(chance.below(256), chance.below(damaged.length));
          write(damaged);
          return;
        }
        default:
          write(Buffer.from(`${chance.pick(otherReplies)}\r\n`));
      }
    };
    const listenForData = async (): Promise<number> => {
      const { promise, resolve } = Promise.withResolvers<Socket>();
      data = promise;
      return open(resolve);
    };
    const send = async (content: Buffer) => {
      say('150 Here it comes');
      const socket = await data;
      if (socket === undefined || chance.percent(5)) return;
      switch (chance.below(12)) {
        case 0:
          socket.destroy();
          break;
        case 1:
          socket.resetAndDestroy();
          break;
        case 2:
          // And it never ends.
          socket.write(content);
          break;
        default:
          socket.end(content);
      }
      say('226 Done');
    };
    const receive = async () => {
      say('150 Send it');
      const socket = await data;
      if (socket === undefined || chance.percent(5)) return;
      if (chance.percent(10)) socket.destroy();
      else {
        socket.resume();
        await once(socket, 'close');
      }
      say('226 Done');
    };
    const answer = async (verb: string, argument: string): Promise<void> => {
      switch (verb) {
        case 'USER':
          return say('331 Password please');
        case 'PASS':
          // A careless server repeats what it heard.
          return say(chance.percent(20) ? `530 PASS ${argument} is wrong` : '230 Welcome');
        case 'AUTH':
          return say('234 Go ahead');
        case 'FEAT':
          loggedIn = true;
          return say(
            `211-Features:\r\n${chance.percent(50) ? ' MLST type*\r\n' : ''} UTF8\r\n REST STREAM\r\n211 End`,
          );
        case 'EPSV':
          return say(`229 Entering Extended Passive Mode (|||${await listenForData()}|)`);
        case 'PASV': {
          const port = await listenForData();
          return say(`227 Entering Passive Mode (127,0,0,1,${port >> 8},${port & 255})`);
        }
        case 'PORT': {
          const [high = 0, low = 0] = argument.split(',').slice(4).map(Number);
          const socket = keep(connect(high * 256 + low, '127.0.0.1'));
          data = once(socket, 'connect').then(() => socket);
          data.catch(() => {});
          return say('200 PORT noted');
        }
        case 'SIZE':
          return say(chance.percent(50) ? '213 5' : '550 No such file');
        case 'MDTM':
          return say('213 20261121084100');
        case 'PWD':
          return say('257 "/" is where you are');
        case 'REST':
        case 'RNFR':
          return say('350 Go on');
        case 'MLSD':
        case 'LIST':
          return send(
            Buffer.concat(
              Array.from({ length: chance.below(20) }, () =>
                chance.percent(90) ? Buffer.from(chance.pick(listing)) : chance.random.bytes(100),
              ),
            ),
          );
        case 'RETR':
          return send(chance.percent(80) ? Buffer.from('12345') : chance.random.bytes(chance.below(200_000)));
        case 'STOR':
        case 'APPE':
          return receive();
        case 'QUIT':
          return say('221 Goodbye');
        default:
          return say(chance.percent(70) ? '250 Fine' : '550 No such file');
      }
    };
    let rest = '';
    control.on('data', (chunk: Buffer) => {
      rest += chunk.toString('latin1');
      const lines = rest.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [verb = ''] = line.split(' ');
        answer(verb.toUpperCase(), line.slice(verb.length + 1)).catch(() => {});
      }
    });
    say('220 Ready');
  };
  const port = await open(serve);
  return {
    port,
    get lies() {
      return lies;
    },
    async stop() {
      for (const listener of listeners) listener.close();
      for (const socket of sockets) socket.destroy();
      await Promise.all(
        [...listeners].map((listener) => (listener.listening ? once(listener, 'close') : undefined)),
      );
    },
  };
}
