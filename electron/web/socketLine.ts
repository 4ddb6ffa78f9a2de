import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { OpenLine } from './engineLine.ts';

const mostMessageBytes = 256 * 1024 * 1024;

/** Lines to the engine that listens on a local socket (a file, or a named pipe on Windows). */
export function linesToSocket(socketPath: string): OpenLine {
  return (end) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket('ws://engine/', {
        createConnection: () => connect(socketPath),
        perMessageDeflate: false,
        maxPayload: mostMessageBytes,
        handshakeTimeout: 10_000,
      });
      // 'close' comes after it in any case.
      socket.on('error', () => undefined);
      const refused = () => reject(new Error('The engine does not answer.'));
      socket.once('close', refused);
      socket.once('open', () => {
        socket.off('close', refused);
        socket.once('close', () => end.onClose());
        resolve({ send: (text) => socket.send(text), close: () => socket.close() });
      });
      socket.on('message', (data) => end.onMessage(data.toString()));
    });
}
