/** Datasets, their editions and their rows. */
export const recordsCalls = {} as const;

export const recordsEvents = {} as const;
