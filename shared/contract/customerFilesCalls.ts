/** Drop folders, and the files that found their customer. */
export const customerFilesCalls = {} as const;

export const customerFilesEvents = {} as const;
