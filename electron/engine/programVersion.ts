import packageJson from '../../package.json' with { type: 'json' };

/** The version of this program, as its receipts, its windows and its command line say it. */
export const programVersion: string = packageJson.version;
