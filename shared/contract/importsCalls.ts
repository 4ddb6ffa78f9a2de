/** Sets that arrive as CSV or ZIP and replace the one before. */
export const importsCalls = {} as const;

export const importsEvents = {} as const;
