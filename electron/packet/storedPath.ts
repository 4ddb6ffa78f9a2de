/**
 * The name that a file has inside the bag, when its own cannot be used there.
 *
 * BagIt wants `%` written as `%25` in a manifest (RFC 8493 §2.1.3), `sha256sum -c` takes manifest lines as they
 * are, and older validators do not decode: no manifest line for a name with `%` satisfies all of them. So no
 * name in a bag contains `%`; the header keeps the true one.
 *
 * Shape:   undefined when the path can be used as it is; `attempt` counts up from 0 while the result collides with
 *          another file of the packet.
 * Promise: as long as the path itself, or a few characters longer from the second attempt on.
 */
export function storedPath(path: string, attempt: number): string | undefined {
  const plain = path.replaceAll('%', '_');
  if (attempt > 0) return `_${attempt}/${plain}`;
  return plain === path ? undefined : plain;
}
