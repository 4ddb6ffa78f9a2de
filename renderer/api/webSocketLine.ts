import type { ClientLine, ClientLineEvents } from '../../shared/contract/createClient.ts';

/** A line to the engine by way of the web host that this page came from. Its cookie says who we are. */
export function webSocketLine(end: ClientLineEvents): ClientLine {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${location.host}/contract`);
  socket.addEventListener('open', () => end.onOpen());
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') end.onMessage(event.data);
  });
  // An error is always followed by a close.
  socket.addEventListener('close', () => end.onClose());
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
}
