/** A server's complete answer. */
export interface FtpReply {
  readonly code: number;
  /** All lines, the code included, as they came. */
  readonly text: string;
}

const longestQuote = 500;

/** A server's words as they may be shown and logged: one bounded line, nothing unprintable, no secrets. */
export function quoteReply(text: string, secrets: readonly string[]): string {
  const hide = (shown: string): string =>
    // A shorter one is in any text by chance: blanking it out would give it away.
    secrets
      .filter((secret) => secret.length > 3)
      .reduce((rest, secret) => rest.replaceAll(secret, '***'), shown);
  // Twice: what is unprintable in between could hide a secret from the first look and show it afterwards.
  const quoted = hide(
    hide(text)
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
      .trim(),
  );
  return quoted.length > longestQuote ? `${quoted.slice(0, longestQuote)}…` : quoted;
}

export function isPreliminary(reply: FtpReply): boolean {
  return reply.code < 200;
}

export function isSuccess(reply: FtpReply): boolean {
  return reply.code >= 200 && reply.code < 300;
}

export function isRefusal(reply: FtpReply): boolean {
  return reply.code >= 400;
}

/** The command is not known or not built in: another way has to be found. */
export function isUnknownCommand(reply: FtpReply): boolean {
  return reply.code === 500 || reply.code === 502;
}
