/**
 * The name that a file has inside the bag, when its own cannot be used there.
 *
 * BagIt wants `%` written as `%25` in a manifest (RFC 8493 §2.1.3), `sha256sum -c` takes manifest lines as they
 * are, and older validators do not decode: no manifest line for a name with `%` satisfies all of them. So no
 * name in a bag contains `%`; the header keeps the true one.
 *
 * Shape:   undefined when the path can be used as it is; `attempt` counts up while the result collides.
 * Promise: as long as the path itself, or a few characters longer from the second attempt on.
 */
export function storedPath(path: string, attempt: number): string | undefined {
  if (!path.includes('%')) return undefined;
  const plain = path.replaceAll('%', '_');
  return attempt === 0 ? plain : `_${attempt}/${plain}`;
}
