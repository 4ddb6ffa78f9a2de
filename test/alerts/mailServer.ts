import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** An e-mail as it came over the wire. */
export interface TakenMail {
  readonly to: readonly string[];
  readonly from: string;
  readonly raw: string;
  readonly subject: string;
  readonly text: string;
  readonly user: string | undefined;
  readonly secure: boolean;
}

export interface MailServer {
  readonly port: number;
  readonly taken: TakenMail[];
  stop(): Promise<void>;
}

/** A real SMTP server on 127.0.0.1, stopped with the test. */
export async function startMailServer(
  options: SMTPServerOptions & { readonly port?: number } = {},
): Promise<MailServer> {
  const taken: TakenMail[] = [];
  const { port = 0, ...rest } = options;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 500,
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString();
        taken.push({
          to: session.envelope.rcptTo.map((one) => one.address),
          from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
          raw,
          subject: headerOf(raw, 'Subject'),
          text: textOf(raw),
          user: typeof session.user === 'string' ? session.user : undefined,
          secure: session.secure,
        });
        callback();
      });
    },
    ...rest,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= new Promise<void>((resolve) => server.close(() => resolve())));
  onTestFinished(stop);
  // Listening on a network address, it has one.
  return { port: (server.server.address() as AddressInfo).port, taken, stop };
}

function headerOf(raw: string, name: string): string {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}

/** The text of an e-mail of one part, decoded from quoted-printable where it is, without the last line's end. */
function textOf(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
  const coding = headerOf(raw, 'Content-Transfer-Encoding').toLowerCase();
  const decoded =
    coding === 'quoted-printable'
      ? Buffer.from(
          body
            .replaceAll(/=\r\n/g, '')
            .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) =>
              String.fromCharCode(Number.parseInt(code, 16)),
            ),
          'latin1',
        ).toString()
      : coding === 'base64'
        ? Buffer.from(body, 'base64').toString()
        : body;
  return decoded.replaceAll('\r\n', '\n').replace(/\n+$/, '');
}
