/** SFTP log-on: key pairs, and prompts of a server that a person answers. */
export const accessCalls = {} as const;

export const accessEvents = {} as const;
