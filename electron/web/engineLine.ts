/** One client's line to the engine: messages of shared/contract/wire.ts as text, handed on unread. */
export interface EngineLine {
  send(text: string): void;
  close(): void;
}

/** The client's end of a line. */
export interface LineEnd {
  onMessage(text: string): void;
  /** Once, when the engine has ended the line. */
  onClose(): void;
}

/** Errors: when no engine can be reached or started. */
export type OpenLine = (end: LineEnd) => Promise<EngineLine>;
