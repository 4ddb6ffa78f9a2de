import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

/** One client's session, as handlers see it. */
export interface ScriptedSession {
  /** Sends a reply, with its line end. */
  reply(text: string): void;
  /** Sends exactly these characters. */
  raw(text: string): void;
  /** The data connection that EPSV, PASV or PORT announced, once it is there. */
  data(): Promise<Socket>;
  /** Listens for a data connection and returns the port. */
  listenForData(host?: string): Promise<number>;
  /** Where PORT or EPRT asked to connect to. */
  readonly activeTarget: { readonly host: string; readonly port: number } | undefined;
  /** Ends the control connection. */
  hangUp(): void;
}

export type ScriptedHandler = (session: ScriptedSession, argument: string) => void | Promise<void>;

export interface Script {
  /** The first reply; none when false. */
  readonly greeting?: string | false;
  readonly features?: readonly string[];
  /** Upper-case verb to behaviour; the others behave like an honest, simple server. */
  readonly on?: Readonly<Record<string, ScriptedHandler>>;
  /** Answers AUTH TLS with this certificate, and takes TLS on data connections from then on. */
  readonly tls?: ScriptedTls;
  /** Speaks TLS from the first byte, with `tls`. */
  readonly implicit?: boolean;
  /** The certificate of data connections where it is another one. */
  readonly dataTls?: ScriptedTls;
}

export interface ScriptedTls {
  readonly key: string;
  readonly cert: string;
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
}

export interface ScriptedFtpServer {
  readonly port: number;
  /** Every command of every session, in order. */
  readonly received: string[];
  /** Only the verbs. */
  verbs(): string[];
  readonly files: Map<string, Buffer>;
  /** Resolves when a command with this verb has arrived; also one that has already. */
  sawCommand(verb: string): Promise<void>;
  /** Resolves when this many bytes have come that belong to no complete line, such as a TLS hello. */
  sawBytes(count: number): Promise<void>;
  /** Says something to every open session without being asked. */
  say(text: string): void;
  stop(): Promise<void>;
}

/** A server in this process that says exactly what a test wants. */
export async function startScriptedFtpServer(script: Script = {}): Promise<ScriptedFtpServer> {
  const received: string[] = [];
  const files = new Map<string, Buffer>();
  const sessions = new Set<ScriptedSession>();
  const sockets = new Set<Socket>();
  const listeners = new Set<Server>();
  const waiting: { verb: string; resolve: () => void }[] = [];
  const partial: { count: number; resolve: () => void }[] = [];
  const notePartial = (length: number) => {
    for (const { count, resolve } of partial) if (length >= count) resolve();
  };
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const note = (line: string) => {
    received.push(line);
    for (const { verb, resolve } of waiting) if (verbOf(line) === verb) resolve();
  };
  const server = createServer((socket) => {
    keep(socket);
    serve(socket, script, files, { keep, note, notePartial, sessions, listeners });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an address and a port.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    received,
    files,
    verbs: () => received.map(verbOf),
    sawCommand(verb) {
      if (received.some((line) => verbOf(line) === verb)) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ verb, resolve });
      return promise;
    },
    sawBytes(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      partial.push({ count, resolve });
      return promise;
    },
    say(text) {
      for (const session of sessions) session.reply(text);
    },
    async stop() {
      for (const listener of [server, ...listeners]) listener.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}

interface Registry {
  keep(socket: Socket): Socket;
  note(line: string): void;
  notePartial(length: number): void;
  readonly sessions: Set<ScriptedSession>;
  readonly listeners: Set<Server>;
}

function secured(socket: Socket, { key, cert, maxVersion }: ScriptedTls): TLSSocket {
  const secureContext = createSecureContext({
    key,
    cert,
    ...(maxVersion === undefined ? {} : { maxVersion }),
  });
  return new TLSSocket(socket, { isServer: true, secureContext });
}

function verbOf(line: string): string {
  return (line.split(' ')[0] ?? '').toUpperCase();
}

function serve(first: Socket, script: Script, files: Map<string, Buffer>, registry: Registry): void {
  let socket = first;
  let arrival: Promise<Socket> | undefined;
  let activeTarget: { host: string; port: number } | undefined;
  let offset = 0;
  const session: ScriptedSession = {
    reply: (text) => session.raw(`${text}\r\n`),
    raw: (text) => {
      if (!socket.destroyed) socket.write(text);
    },
    data() {
      if (activeTarget !== undefined) {
        const target = registry.keep(connect(activeTarget));
        return once(target, 'connect').then(() => secureData(target));
      }
      if (arrival === undefined) throw new Error('No data connection was announced.');
      return arrival.then(secureData);
    },
    async listenForData(host = '127.0.0.1') {
      const listener = createServer();
      registry.listeners.add(listener);
      const { promise, resolve } = Promise.withResolvers<Socket>();
      arrival = promise;
      listener.once('connection', (data) => {
        listener.close();
        resolve(registry.keep(data));
      });
      listener.listen(0, host);
      await once(listener, 'listening');
      // A listening TCP server has an address and a port.
      return (listener.address() as AddressInfo).port;
    },
    get activeTarget() {
      return activeTarget;
    },
    hangUp: () => socket.end(),
  };
  const secureData = (data: Socket): Socket => {
    const tls = script.dataTls ?? script.tls;
    return socket === first || tls === undefined ? data : registry.keep(secured(data, tls));
  };
  registry.sessions.add(session);
  first.on('close', () => registry.sessions.delete(session));

  const honest: Record<string, ScriptedHandler> = {
    USER: () => session.reply('331 Password please'),
    PASS: () => session.reply('230 Welcome'),
    FEAT: () =>
      session.reply(
        [
          '211-Features:',
          ...(script.features ?? ['MLST type*;size*;modify*;', 'REST STREAM']).map((line) => ` ${line}`),
          '211 End',
        ].join('\r\n'),
      ),
    TYPE: () => session.reply('200 Binary it is'),
    OPTS: () => session.reply('200 Fine'),
    NOOP: () => session.reply('200 Still here'),
    PWD: () => session.reply('257 "/" is where you are'),
    CWD: () => session.reply('250 Entered'),
    PBSZ: () => session.reply('200 PBSZ 0'),
    PROT: () => session.reply('200 Protected'),
    QUIT: () => {
      session.reply('221 Goodbye');
      session.hangUp();
    },
    EPSV: async () =>
      session.reply(`229 Entering Extended Passive Mode (|||${await session.listenForData()}|)`),
    PASV: async () => {
      const port = await session.listenForData();
      session.reply(`227 Entering Passive Mode (127,0,0,1,${port >> 8},${port & 255})`);
    },
    PORT: (_, argument) => {
      const numbers = argument.split(',').map(Number);
      activeTarget = {
        host: numbers.slice(0, 4).join('.'),
        port: (numbers[4] ?? 0) * 256 + (numbers[5] ?? 0),
      };
      session.reply('200 PORT noted');
    },
    SIZE: (_, path) => {
      const file = files.get(path);
      session.reply(file === undefined ? '550 No such file' : `213 ${file.length}`);
    },
    DELE: (_, path) => session.reply(files.delete(path) ? '250 Deleted' : '550 No such file'),
    REST: (_, argument) => {
      offset = Number(argument);
      session.reply('350 Go on');
    },
    STOR: (_, path) => receive(path, (files.get(path) ?? Buffer.alloc(0)).subarray(0, takeOffset())),
    APPE: (_, path) => receive(path, files.get(path) ?? Buffer.alloc(0)),
    RETR: async (_, path) => {
      const file = files.get(path);
      if (file === undefined) session.reply('550 No such file');
      else await send(file.subarray(takeOffset()));
    },
    MLSD: () =>
      send(
        Buffer.from([...files].map(([name, file]) => `type=file;size=${file.length}; ${name}\r\n`).join('')),
      ),
  };
  const takeOffset = () => {
    const taken = offset;
    offset = 0;
    return taken;
  };
  const receive = async (path: string, head: Buffer) => {
    session.reply('150 Send it');
    const chunks = [head];
    const data = await session.data();
    for await (const chunk of data) chunks.push(chunk as Buffer);
    files.set(path, Buffer.concat(chunks));
    session.reply('226 Done');
  };
  const send = async (content: Buffer) => {
    session.reply('150 Here it comes');
    const data = await session.data();
    data.end(content);
    await once(data, 'close').then(
      () => session.reply('226 Done'),
      () => session.reply('426 You went away'),
    );
  };

  let rest = '';
  const listen = (from: Socket) =>
    from.on('data', (chunk: Buffer) => {
      rest += chunk.toString();
      const lines = rest.split('\r\n');
      rest = lines.pop() ?? '';
      registry.notePartial(rest.length);
      for (const line of lines) {
        registry.note(line);
        const verb = verbOf(line);
        const handler = script.on?.[verb] ?? honest[verb];
        const argument = line.slice(verb.length + 1);
        if (verb === 'AUTH' && script.tls !== undefined && handler === undefined) upgrade(script.tls);
        else if (handler === undefined) session.reply('502 Not known here');
        else Promise.resolve(handler(session, argument)).catch(() => {});
      }
    });
  const upgrade = (tls: ScriptedTls) => {
    session.reply('234 Go ahead');
    first.removeAllListeners('data');
    socket = registry.keep(secured(first, tls));
    listen(socket);
  };
  if (script.implicit === true && script.tls !== undefined) {
    socket = registry.keep(secured(first, script.tls));
    listen(socket);
  } else listen(first);
  if (script.greeting !== false) session.reply(script.greeting ?? '220 Scripted server');
}
