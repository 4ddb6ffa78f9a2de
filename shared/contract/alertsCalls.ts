/** Suspension, alerts and mail. */
export const alertsCalls = {} as const;

export const alertsEvents = {} as const;
