import { FTPContext } from 'basic-ftp';

/** The server said something that is not an FTP reply. */
export class UnparseableReply extends Error {
  override readonly name = 'UnparseableReply';
}

const longestReply = 2 ** 16;

export interface ControlLog {
  sent(line: string): void;
  received(text: string): void;
}

/**
 * basic-ftp's control connection, fed with whole lines only.
 *
 * basic-ftp 6.2.3 takes every chunk for whole lines: a reply that arrives in two pieces ("22", "6 Done")
 * is lost or cut short. It also skips lines that are no reply, which then ends in a time-out instead of a
 * clear error.
 */
export class ControlContext extends FTPContext {
  #rest = '';
  #group: string | undefined;
  #groupLength = 0;
  #log: ControlLog | undefined;

  constructor() {
    // No time-out of its own: time comes from the injected clock.
    super(0, 'utf8');
  }

  logTo(log: ControlLog): void {
    this.#log = log;
  }

  /** What came after the last complete line. More than nothing before a TLS handshake is an injection. */
  get unread(): string {
    return this.#rest + this._partialResponse;
  }

  override send(command: string): void {
    super.send(command);
    this.#log?.sent(/^PASS\b/i.test(command) ? 'PASS ***' : command);
  }

  /** Closing is abrupt: who wants to say goodbye has done so before. */
  protected override _closeControlSocket(): void {
    this._closeSocket(this._socket);
  }

  protected override _onControlSocketData(chunk: string): void {
    const text = this.#rest + chunk;
    const end = text.lastIndexOf('\n') + 1;
    this.#rest = text.slice(end);
    if (this.#rest.length > longestReply) {
      this.closeWithError(new UnparseableReply('The server sent a line without end.'));
      return;
    }
    if (end === 0) return;
    const lines = text.slice(0, end);
    this.#log?.received(lines);
    const stray = this.#firstStrayLine(lines);
    if (stray !== undefined) {
      this.closeWithError(new UnparseableReply(stray));
      return;
    }
    super._onControlSocketData(lines);
  }

  /** The first line that belongs to no reply, following RFC 959 §4.2. */
  #firstStrayLine(lines: string): string | undefined {
    for (const line of lines.split(/\r?\n/)) {
      if (line.trim() === '') continue;
      if (this.#group !== undefined) {
        this.#groupLength += line.length;
        if (this.#groupLength > longestReply) return 'A reply without end.';
        if (line === this.#group || line.startsWith(`${this.#group} `)) this.#group = undefined;
      } else if (/^[1-5]\d\d-/.test(line)) {
        this.#group = line.slice(0, 3);
        this.#groupLength = line.length;
      } else if (!/^[1-5]\d\d(?: |$)/.test(line)) {
        return line;
      }
    }
    return undefined;
  }
}
