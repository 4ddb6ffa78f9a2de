import { openSocketLine } from '../engine/host/socketLine.ts';
import type { OpenLine } from './engineLine.ts';

/** Lines to the engine that listens on a local socket. */
export function linesToSocket(socketPath: string): OpenLine {
  return (end) =>
    new Promise((resolve, reject) => {
      let isOpen = false;
      const line = openSocketLine(socketPath, {
        onOpen() {
          isOpen = true;
          resolve(line);
        },
        onMessage: (text) => end.onMessage(text),
        onClose() {
          if (isOpen) end.onClose();
          else reject(new Error('The engine does not answer.'));
        },
      });
    });
}
