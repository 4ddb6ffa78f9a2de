/** The renderer's clock; windows show times by it, and nothing else. */
export function nowMs(): number {
  // biome-ignore lint/style/noRestrictedGlobals: the one place of the windows that reads the time.
  return Date.now();
}
