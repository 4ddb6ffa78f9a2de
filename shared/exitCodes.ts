/** Exit codes of every `branchline` command; README has the same table. */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  usage: 2,
  notConfigured: 3,
  cannotConnect: 4,
  loginRefused: 5,
  selfCheckFailed: 6,
  partial: 7,
  suspended: 8,
  busy: 9,
  untrusted: 10,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
