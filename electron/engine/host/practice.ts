/** The practice office, as the host uses it. See openPracticeOffice for what it promises. */
export interface Practice {
  active(): boolean;
  start(): Promise<void>;
  play(): Promise<void>;
  remove(): Promise<void>;
}
