import type { Socket } from 'node:net';
import { ExchangeError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';

/** Breaks a data connection off on which nothing moves although something should. */
export interface StallWatch {
  /** Something is awaited from now on: the time starts anew. */
  expect(): void;
  /** Nothing is awaited: time does not count. */
  rest(): void;
}

export function stallWatch(clock: Clock, seconds: number, socket: Socket): StallWatch {
  let stop = () => {};
  return {
    expect() {
      stop();
      stop = clock.after(seconds * 1000, () => socket.destroy(stalled(seconds)));
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
