const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The quote that closes a field; two in a row stand for one. Undefined when it has not come yet. */
export function closingQuote(text: string, from: number, last: boolean): number | undefined {
  let at = from;
  for (;;) {
    const found = text.indexOf('"', at);
    if (found === -1) return undefined;
    if (found + 1 >= text.length) return last ? found : undefined;
    if (text.charCodeAt(found + 1) !== quote) return found;
    at = found + 2;
  }
}

/** Where the line after this line end begins. Undefined after a CR whose LF may still come. */
export function afterLineEnd(text: string, at: number, last: boolean): number | undefined {
  if (at >= text.length) return at;
  if (text.charCodeAt(at) === lineFeed) return at + 1;
  if (at + 1 >= text.length) return last ? at + 1 : undefined;
  return text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1;
}

/** The first line end from here on; the text's length where there is none. */
export function nextLineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) return at;
    at += 1;
  }
  return at;
}

/** LF, CR LF and a lone CR each end one line. */
export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) {
    if (text.charCodeAt(at + 1) !== lineFeed) count += 1;
  }
  return count;
}
