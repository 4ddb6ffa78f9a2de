import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { accessCommands } from './commands/accessCommands.ts';
import { dataCommands } from './commands/dataCommands.ts';
import { fileCommands } from './commands/fileCommands.ts';
import { folderCommands } from './commands/folderCommands.ts';
import { transferCommands } from './commands/transferCommands.ts';
import { createControlLines } from './controlLines.ts';
import { createDataChannel } from './dataChannel.ts';
import { replyForError } from './ftpReply.ts';
import type { PracticeFaults } from './practiceFault.ts';
import type { CommandHandler, Session, SiteFacts } from './session.ts';

const handlers: ReadonlyMap<string, CommandHandler> = new Map([
  ...accessCommands,
  ...dataCommands,
  ...fileCommands,
  ...folderCommands,
  ...transferCommands,
]);

const beforeLogin: ReadonlySet<string> = new Set(accessCommands.keys());

/** Commands that may wait their turn; a client that sends more is not read until some are done. */
const maxWaiting = 64;

export interface ControlConnectionOptions {
  readonly site: SiteFacts;
  readonly control: Socket;
  readonly connection: number;
  readonly idleMs: number;
  readonly faults: PracticeFaults | undefined;
}

function newSession(options: ControlConnectionOptions): Session {
  const { site, control, connection } = options;
  return {
    site,
    connection,
    control,
    data: createDataChannel(control, site.clock),
    username: undefined,
    loggedIn: false,
    failedLogins: 0,
    folder: '/',
    restartAt: 0,
    renameFrom: undefined,
    protectData: false,
    onlyEpsv: false,
    fault: undefined,
    securing: false,
    ending: false,
    transferring: false,
    aborted: false,
    send(reply) {
      if (this.control.writable) this.control.write(`${reply}\r\n`);
    },
    touch() {
      this.lastActiveMs = site.clock.monotonic();
    },
    lastActiveMs: site.clock.monotonic(),
  };
}

async function execute(session: Session, verb: string, argument: string): Promise<string> {
  if (session.fault?.kind === 'delay') await session.site.clock.sleep(session.fault.ms);
  if (session.fault?.kind === 'reply') return session.fault.text;
  const handler = handlers.get(verb);
  if (handler === undefined) return '502 Command not known.';
  if (!session.loggedIn && !beforeLogin.has(verb)) return '530 Log in first.';
  try {
    return await handler(session, argument);
  } catch (error) {
    return replyForError(error);
  }
}

/** RNFR holds for the next command; REST for the next transfer, with the data connection's set-up in between. */
function forgetOneTimeState(session: Session, verb: string): void {
  if (!dataCommands.has(verb)) session.restartAt = 0;
  if (verb !== 'RNFR') session.renameFrom = undefined;
}

/** Serves one client until it leaves, is idle for too long, or the control connection is destroyed. */
export function serveControlConnection(options: ControlConnectionOptions): void {
  const session = newSession(options);
  const waiting: string[] = [];
  let running = false;
  let lines = createControlLines();

  async function runOne(line: string): Promise<void> {
    const [, word = '', argument = ''] = /^(\S*) ?(.*)$/s.exec(line) ?? [];
    const verb = word.toUpperCase();
    session.fault = options.faults?.({ verb, argument, connection: options.connection });
    if (session.fault?.kind === 'drop-control') {
      session.control.destroy();
      return;
    }
    const reply = await execute(session, verb, argument);
    forgetOneTimeState(session, verb);
    if (session.fault?.kind === 'lose-reply') {
      session.control.destroy();
      return;
    }
    if (session.securing) stopListening();
    session.send(reply);
    if (session.securing) secureControl();
    if (session.ending) session.control.end();
  }

  async function runWaiting(): Promise<void> {
    if (running) return;
    running = true;
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      if (session.control.destroyed || session.ending) break;
      await runOne(line);
      if (waiting.length < maxWaiting) session.control.resume();
    }
    running = false;
  }

  function take(chunk: Buffer): void {
    session.touch();
    const complete = lines.push(chunk);
    if (complete === undefined) {
      session.send('500 The line is too long.');
      session.control.destroySoon();
      return;
    }
    waiting.push(...complete);
    if (session.transferring && complete.some((line) => /^ABOR\s*$/i.test(line))) {
      session.aborted = true;
      session.data.close();
    }
    if (waiting.length >= maxWaiting) session.control.pause();
    void runWaiting();
  }

  function finish(): void {
    stopTimer();
    session.data.close();
    session.control.destroy();
  }

  function listen(): void {
    session.control.on('data', take);
    session.control.on('error', finish);
    session.control.on('close', finish);
  }

  function stopListening(): void {
    session.control.off('data', take);
    // What came in clear behind AUTH must not count as said in confidence.
    waiting.length = 0;
    lines = createControlLines();
  }

  function secureControl(): void {
    const { secureContext } = session.site;
    session.securing = false;
    if (secureContext === undefined) return;
    session.control = new TLSSocket(session.control, { isServer: true, secureContext });
    listen();
  }

  let stopTimer: () => void = () => undefined;
  function watch(afterMs: number): void {
    stopTimer = session.site.clock.after(afterMs, () => {
      const left = options.idleMs - (session.site.clock.monotonic() - session.lastActiveMs);
      if (left > 0) {
        watch(left);
        return;
      }
      session.send('421 Idle for too long.');
      session.control.destroySoon();
      session.data.close();
    });
  }

  listen();
  watch(options.idleMs);
  session.send('220 Practice FTP site.');
}
