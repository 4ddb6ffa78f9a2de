import { ExchangeError } from '../../../shared/errors.ts';
import type { SftpSession } from './sftpSession.ts';

/** How much may be under way at once. Enough for 40 MB/s at 50 ms; every server takes pieces of this size. */
export const pieceBytes = 32 * 1024;
export const piecesUnderWay = 64;
export const bytesUnderWay = pieceBytes * piecesUnderWay;

/** Breaks the connection off when nothing moves although something should. */
export interface TransferWatch {
  /** Something is awaited from now on: the time starts anew. */
  expect(): void;
  /** Nothing is awaited: time does not count. */
  rest(): void;
}

export function transferWatch({ clock, ftp, connection }: SftpSession): TransferWatch {
  let stop = () => {};
  return {
    expect() {
      stop();
      stop = clock.after(ftp.stallTimeoutSeconds * 1000, () =>
        connection.fail(stalled(ftp.stallTimeoutSeconds)),
      );
    },
    rest() {
      stop();
    },
  };
}

function stalled(seconds: number): ExchangeError {
  return new ExchangeError({
    code: 'timed-out',
    class: 'retry',
    message: `No byte moved for ${seconds} seconds.`,
    advice: 'Check the network; a slow link may need a longer stall time-out.',
  });
}
