/** Where the client is to open its data connection instead. */
export interface AnnouncedPort {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads what an FTP server says in clear and lets the announced data connections lead elsewhere.
 *
 * Promise: everything else passes unchanged; so does all of TLS (after 234, or from the start) and of any
 *          other protocol.
 */
export interface ControlRewriter {
  /**
   * Shape: what to pass on of a chunk; `announced` when it holds the reply to PASV or EPSV. An incomplete
   *        reply that could be one is kept until the next chunk.
   */
  rewrite(chunk: Buffer): Promise<{ readonly bytes: Buffer; readonly announced: boolean }>;
}

const passiveReply = /^227 .*?(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})/;
const extendedReply = /^229 .*\(\|\|\|(\d{1,5})\|\)/;
const longestLine = 4096;

/** The port that a reply announces, or undefined for any other line. */
function announcedPort(line: string): number | undefined {
  const extended = extendedReply.exec(line);
  if (extended !== null) return Number(extended[1]);
  const passive = passiveReply.exec(line);
  return passive === null ? undefined : Number(passive[5]) * 256 + Number(passive[6]);
}

/** The reply with another place in it. */
function withPlace(line: string, place: AnnouncedPort): string {
  if (line.startsWith('229')) return line.replace(/\(\|\|\|\d+\|\)/, `(|||${place.port}|)`);
  const numbers = [...place.host.split('.'), place.port >> 8, place.port & 255].join(',');
  return line.replace(/\d{1,3}(?:,\d{1,3}){5}/, numbers);
}

export function createControlRewriter(openFor: (port: number) => Promise<AnnouncedPort>): ControlRewriter {
  let kept = Buffer.alloc(0);
  let transparent: boolean | undefined;

  return {
    async rewrite(chunk) {
      const all = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
      kept = Buffer.alloc(0);
      // An FTP server begins with 220, 120 or 421; TLS and other protocols begin with no digit.
      transparent ??= !/^[1-5]/.test(all.toString('latin1', 0, 1));
      if (transparent) return { bytes: all, announced: false };
      const lines = all.toString('latin1').split(/(?<=\n)/);
      const last = lines.at(-1) ?? '';
      if (last.startsWith('2') && !last.endsWith('\n') && last.length < longestLine) {
        kept = Buffer.from(lines.pop() ?? '', 'latin1');
      }
      let announced = false;
      for (const [at, line] of lines.entries()) {
        if (line.startsWith('234')) transparent = true;
        const port = transparent ? undefined : announcedPort(line);
        if (port === undefined) continue;
        lines[at] = withPlace(line, await openFor(port));
        announced = true;
      }
      return { bytes: Buffer.from(lines.join(''), 'latin1'), announced };
    },
  };
}
