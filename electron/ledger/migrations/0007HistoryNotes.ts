/** What belongs into the history besides transmissions: settings that were saved without proof. */
export const historyNotesSql = /* sql */ `
CREATE TABLE history_notes (
  position INTEGER NOT NULL PRIMARY KEY, -- order of noting
  at_ms INTEGER NOT NULL, -- when
  level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')), -- how grave
  text TEXT NOT NULL -- the line
) STRICT;
`;
