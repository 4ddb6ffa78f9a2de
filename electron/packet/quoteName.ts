const longestQuoted = 160;

/** A name from a packet, made fit for a message: quoted, bounded, and with control characters escaped. */
export function quoteName(name: string): string {
  const short = name.length > longestQuoted ? `${name.slice(0, longestQuoted)}…` : name;
  return JSON.stringify(short).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\ufffd');
}
