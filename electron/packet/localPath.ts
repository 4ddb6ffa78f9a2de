/**
 * The path that a packet's file gets on this system.
 *
 * Shape:   a safe path of a packet (see `unsafeReason`) in, `/` between parts; the same form out.
 * Promise: on Windows, the characters that it cannot store become `_`: `9:30.csv` is made into `9_30.csv`, and
 *          never into a hidden stream of a file `9`. Elsewhere the path stays as it is.
 */
export function localPath(path: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? path.replace(/[<>:"|?*]/g, '_') : path;
}
