/** The SHA-256 fingerprint that an error names as the server's; the first, since the pinned one stands in the advice. */
export function fingerprintIn(message: string): string | undefined {
  return /\b[0-9A-F]{2}(?::[0-9A-F]{2}){31}\b/.exec(message)?.[0];
}
