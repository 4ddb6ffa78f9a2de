/**
 * Text that came from a file name, a server or another site, fit for a terminal: control characters would move
 * the cursor or recolour the window, and bidirectional overrides make a name read as another one.
 */
export function safeText(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
