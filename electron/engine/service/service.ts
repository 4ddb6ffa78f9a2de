/** What registers a program to be started by the system. */
export type ServiceManager = 'systemd' | 'launchd' | 'task-scheduler';

/** `user`: belongs to one person and is kept in their home; `system`: belongs to the machine. */
export type ServiceScope = 'user' | 'system';

/** A service to be: everything a file for it is made from. Paths are absolute. */
export interface ServiceSpec {
  /** File name and label: `branchline`. */
  readonly name: string;
  readonly scope: ServiceScope;
  /** The program and its first arguments, before `engine`. */
  readonly program: readonly string[];
  readonly dataDir: string;
  /** The file with the vault's key; undefined where the service needs no secret, or takes it from the keychain. */
  readonly vaultKeyFile: string | undefined;
  /** Who it runs as: a name, or on Linux a number. Undefined: whoever registers it. */
  readonly account: string | undefined;
}

/** Where this machine keeps such files, and who asks. */
export interface ServicePlaces {
  readonly home: string;
  /** $XDG_CONFIG_HOME, where it is set. */
  readonly configHome: string | undefined;
  readonly uid: number;
}

/** A command to run. `mayFail`: undoing what may not be there, or a wish that is no condition. */
export interface ServiceCommand {
  readonly words: readonly string[];
  readonly mayFail: boolean;
}

/** Everything that installing, removing and asking about a service takes; nothing is done by it. */
export interface ServicePlan {
  readonly manager: ServiceManager;
  readonly file: { readonly path: string; readonly text: string; readonly encoding: 'utf8' | 'utf16' };
  readonly install: readonly ServiceCommand[];
  /** Before the file is removed, and after. */
  readonly stop: readonly ServiceCommand[];
  readonly forget: readonly ServiceCommand[];
  readonly ask: ServiceCommand;
  /** What a person should know. */
  readonly notes: readonly string[];
}

/** What a service does to its machine. A test has one that only remembers. */
export interface ServiceActor {
  /** Undefined where there is no such file. */
  read(path: string): Buffer | undefined;
  /** Makes the folders on the way, too. */
  write(path: string, content: Buffer): void;
  remove(path: string): void;
  run(words: readonly string[]): { readonly ok: boolean; readonly output: string };
}
