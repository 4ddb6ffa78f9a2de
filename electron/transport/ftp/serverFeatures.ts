/** What FEAT tells. Source: RFC 2389 §3.2. */
export interface ServerFeatures {
  readonly exactListings: boolean;
  readonly utf8: boolean;
  /** REST in stream mode. */
  readonly restart: boolean;
  /** AVBL tells the free space. */
  readonly availableSpace: boolean;
}

/** Where a server does not know FEAT: nothing is advertised, and everything is tried. */
export const unknownFeatures: ServerFeatures = {
  exactListings: false,
  utf8: false,
  restart: true,
  availableSpace: false,
};

export function parseFeatures(text: string): ServerFeatures {
  const lines = text
    .split(/\r?\n/)
    .slice(1, -1)
    .map((line) => line.trim().toUpperCase());
  const has = (name: string) => lines.some((line) => line === name || line.startsWith(`${name} `));
  return {
    exactListings: has('MLST') || has('MLSD'),
    utf8: has('UTF8'),
    restart: has('REST STREAM'),
    availableSpace: has('AVBL'),
  };
}
