/**
 * A path as it stands behind a command. Paths stay relative to the directory that the connection entered at
 * log-in, so that no command needs to change or ask for the directory.
 *
 * A name that begins with `-`, a blank or `~` would be taken for an option, be trimmed, or be somebody's home.
 */
export function pathArgument(path: string): string {
  return /^[\s~-]/.test(path) ? `./${path}` : path;
}
