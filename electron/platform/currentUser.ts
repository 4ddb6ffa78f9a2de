import { userInfo } from 'node:os';

/** Who runs this process. `uid` is -1 on Windows; an account without a name (in a container) is called by its number. */
export function currentUser(): { readonly uid: number; readonly name: string } {
  try {
    const { uid, username } = userInfo();
    return { uid, name: username };
  } catch {
    const uid = process.getuid?.() ?? -1;
    return { uid, name: String(uid) };
  }
}
