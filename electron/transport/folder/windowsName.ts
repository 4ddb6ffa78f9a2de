const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;

/**
 * Whether Windows takes this file name literally. Others name devices (`nul.txt`), streams (`a:b`), or are
 * changed silently (`a.` becomes `a`).
 *
 * Source: Microsoft, "Naming Files, Paths, and Namespaces".
 */
export function isPlainWindowsName(name: string): boolean {
  return !/[<>:"|?*]/.test(name) && !/[. ]$/.test(name) && !reserved.test(name);
}
