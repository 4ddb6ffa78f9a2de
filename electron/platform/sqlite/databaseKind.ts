/** One step of a database's format. Never changed once released: databases out there were made by it. */
export interface Migration {
  /** 1, 2, 3, …; `user_version` after it has run. */
  readonly version: number;
  readonly sql: string;
}

/** One of Branchline's databases. Each has a table `facts` (key, value) from its first format on. */
export interface DatabaseKind {
  /** Its name in the middle of a sentence, without the article: `ledger`. */
  readonly name: string;
  /** Begins its error codes: `ledger` gives `ledger-damaged`. */
  readonly code: string;
  /** Tells it from any other SQLite file. */
  readonly applicationId: number;
  /** Of a new file, where it is not SQLite's own. */
  readonly pageBytes?: number;
  /** Its formats, oldest first. */
  readonly migrations: readonly Migration[];
}

/** A database and where it lies. */
export interface DatabasePlace {
  readonly kind: DatabaseKind;
  /** Absolute. */
  readonly path: string;
}
