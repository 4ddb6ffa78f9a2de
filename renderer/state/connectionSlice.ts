/** `connecting`: not connected yet since the window opened. `lost`: was connected, and tries again by itself. */
export type ConnectionState = 'connecting' | 'connected' | 'lost';

export function afterConnectionChange(before: ConnectionState, connected: boolean): ConnectionState {
  if (connected) return 'connected';
  return before === 'connecting' ? 'connecting' : 'lost';
}
