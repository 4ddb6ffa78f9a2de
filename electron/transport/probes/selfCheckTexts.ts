export const selfCheckStepNames = [
  'make-folder',
  'write',
  'size',
  'read-back',
  'resume',
  'list',
  'rename',
  'rename-existing',
  'delete',
  'remove-folder',
  'clock',
  'connections',
  'free-space',
  'clean-up',
] as const;
/** `office` is a step of the short form only, which is run before settings are saved. */
export type SelfCheckStepName = (typeof selfCheckStepNames)[number] | 'office';

export interface StepTexts {
  readonly label: string;
  /** What does not work when it fails: "the self-check could not …". */
  readonly cannot: string;
  /** What that means for transmissions. */
  readonly meaning: string;
  /** What to ask the FTP provider for. */
  readonly ask: string;
}

/** What each step is called, and what its failure means to a person who never heard of FTP commands. */
export const selfCheckTexts: Record<SelfCheckStepName, StepTexts> = {
  office: {
    label: "This office's home directory",
    cannot: 'tell whose home directory this is',
    meaning: 'Host, Username and Home Dir together say which office this site belongs to.',
    ask: 'Check Host, Username and Home Dir. If they are right, ask the FTP provider for the right to read files (RETR).',
  },
  'make-folder': {
    label: 'Create a folder',
    cannot: 'create folders',
    meaning: 'The folders that packets travel through cannot be made, so no transmission is possible.',
    ask: 'Ask the FTP provider for the right to create folders (MKD) in the home directory.',
  },
  write: {
    label: 'Write a file',
    cannot: 'write files',
    meaning: 'No packet can be sent from this site.',
    ask: 'Ask the FTP provider for the right to upload files (STOR) into the home directory and its folders.',
  },
  size: {
    label: 'Size of the written file',
    cannot: 'see the size of a file',
    meaning: 'Branchline cannot tell whether an upload arrived whole, so no packet can be published.',
    ask: 'Ask the FTP provider to allow the SIZE command, and whether files are changed when they arrive.',
  },
  'read-back': {
    label: 'Read it back and compare',
    cannot: 'read files back unchanged',
    meaning: 'Packets could not be received, or would arrive damaged and be refused.',
    ask: 'Ask the FTP provider for the right to download (RETR), and to turn off anything that changes files on the way, such as text conversion or a virus scanner.',
  },
  resume: {
    label: 'Continue an interrupted upload',
    cannot: 'continue an interrupted upload',
    meaning:
      'Transmissions work, but an upload that was interrupted starts again from its beginning. On a slow line this costs time.',
    ask: 'Ask the FTP provider to allow APPE, or REST with STOR, and overwriting of own files.',
  },
  list: {
    label: 'The list of files shows it',
    cannot: 'list files',
    meaning: 'Packets that wait for this site would not be found.',
    ask: 'Ask the FTP provider for the right to list folders (LIST or MLSD), without hidden files.',
  },
  rename: {
    label: 'Rename into another folder',
    cannot: 'rename files',
    meaning:
      'Packets cannot be published: they would stay in tmp, and no other site would ever receive anything.',
    ask: 'Ask the FTP provider for the right to rename files (RNFR and RNTO), also from one folder to another.',
  },
  'rename-existing': {
    label: 'Rename onto an existing name',
    cannot: 'tell what a rename onto an existing name does',
    meaning: 'Transmissions do not depend on it: they never use a name twice.',
    ask: '',
  },
  delete: {
    label: 'Delete a file',
    cannot: 'delete files',
    meaning:
      'Received packets would stay on the server for ever: it fills up, and every transmission takes longer.',
    ask: 'Ask the FTP provider for the right to delete files (DELE) in the home directory and its folders.',
  },
  'remove-folder': {
    label: 'Remove a folder',
    cannot: 'remove folders',
    meaning: 'Transmissions work: they never remove folders. Only this check leaves an empty folder behind.',
    ask: 'Ask the FTP provider for the right to remove folders (RMD), or to remove what this check left.',
  },
  clock: {
    label: 'Clock difference',
    cannot: 'tell its time',
    meaning: 'Transmissions do not depend on it.',
    ask: '',
  },
  connections: {
    label: 'Parallel connections',
    cannot: 'open several connections',
    meaning: 'Transmissions work with fewer connections, and take longer.',
    ask: 'Ask the FTP provider for more connections at the same time, or lower the number in the FTP Configuration.',
  },
  'free-space': {
    label: 'Free space',
    cannot: 'tell the free space',
    meaning: 'Transmissions do not depend on it.',
    ask: '',
  },
  'clean-up': {
    label: 'Clean up',
    cannot: 'remove what this check wrote',
    meaning: 'What is named here stays on the server. It does no harm; no site reads it.',
    ask: 'Ask the FTP provider to remove it, and for the right to delete files. The next self-check tries again after an hour.',
  },
};

/** Steps whose failure leaves transmissions possible: told as a note, not in red. */
export const optionalSteps: ReadonlySet<SelfCheckStepName> = new Set([
  'resume',
  'rename-existing',
  'remove-folder',
  'clock',
  'connections',
  'free-space',
]);
