/** Datasets as CSV on the FTP site. */
export const exportsCalls = {} as const;

export const exportsEvents = {} as const;
