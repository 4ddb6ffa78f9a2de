import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { ClientLine, ClientLineEvents } from '../../../shared/contract/createClient.ts';

/** A running engine answers at once; a dead one's socket file refuses at once. */
const handshakeMs = 5000;
const mostMessageBytes = 256 * 1024 * 1024;

/** Opens a line to the engine that listens on a local socket (a file, or a named pipe on Windows). */
export function openSocketLine(path: string, end: ClientLineEvents): ClientLine {
  const socket = new WebSocket('ws://engine/', {
    createConnection: () => connect(path),
    perMessageDeflate: false,
    handshakeTimeout: handshakeMs,
    maxPayload: mostMessageBytes,
  });
  // 'close' follows in any case.
  socket.on('error', () => undefined);
  socket.on('open', () => end.onOpen());
  socket.on('message', (data) => end.onMessage(data.toString()));
  socket.on('close', () => end.onClose());
  return { send: (text) => socket.send(text), close: () => socket.close() };
}
