/**
 * The records of a CSV that this program wrote (csvText.ts), from text that comes in pieces.
 *
 * Errors: SyntaxError for what csvText would not have written.
 * Source: RFC 4180.
 */
export async function* csvRecords(pieces: AsyncIterable<string>): AsyncIterable<string[]> {
  let rest = '';
  for await (const piece of pieces) {
    rest += piece;
    for (;;) {
      const record = readRecord(rest);
      if (record === undefined) break;
      rest = rest.slice(record.length);
      yield record.fields;
    }
  }
  if (rest !== '') throw new SyntaxError('The last record is not complete.');
}

/** The first record of the text and how long it is; undefined where its end has not come yet. */
function readRecord(text: string): { readonly fields: string[]; readonly length: number } | undefined {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const field = text[at] === '"' ? quotedField(text, at + 1) : plainField(text, at);
    if (field === undefined) return undefined;
    fields.push(field.value);
    const { end } = field;
    if (text[end] === ',') at = end + 1;
    else if (text.startsWith('\r\n', end)) return { fields, length: end + 2 };
    else if (end >= text.length - 1) return undefined;
    else throw new SyntaxError('A field goes on after its end.');
  }
}

interface Field {
  readonly value: string;
  /** Where what follows it begins. */
  readonly end: number;
}

function quotedField(text: string, start: number): Field | undefined {
  let at = start;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1 || quote === text.length - 1) return undefined;
    if (text[quote + 1] !== '"')
      return { value: text.slice(start, quote).replaceAll('""', '"'), end: quote + 1 };
    at = quote + 2;
  }
}

const ending = /[,\r]/g;

function plainField(text: string, start: number): Field | undefined {
  ending.lastIndex = start;
  const found = ending.exec(text);
  return found === null ? undefined : { value: text.slice(start, found.index), end: found.index };
}
