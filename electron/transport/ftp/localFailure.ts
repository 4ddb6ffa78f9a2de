/** Reading or writing here failed: the cause is thrown unchanged, whatever the server says about the broken transfer. */
export class LocalFailure extends Error {
  override readonly name = 'LocalFailure';

  constructor(cause: unknown) {
    super('The local side of a transfer failed.', { cause });
  }
}
