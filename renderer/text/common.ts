const number = (value: number) => new Intl.NumberFormat().format(value);

export const common = {
  save: 'Save',
  cancel: 'Cancel',
  discard: 'Discard changes',
  unsaved: 'There are changes that are not saved.',
  close: 'Close',
  back: 'Back',
  copied: 'Copied',
  saved: 'Saved.',
  notSaved: 'Saving did not work',
  tryAgain: 'Try again',
  loading: 'Loading…',
  exactBytes: (bytes: number) => `${number(bytes)} bytes`,
  count: number,
} as const;
