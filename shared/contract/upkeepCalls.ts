/** Doctor and diagnostics. */
export const upkeepCalls = {} as const;

export const upkeepEvents = {} as const;
