import { afterLineEnd, closingQuote, countLineEnds, nextLineEnd } from './csvScan.ts';

/** Why a row cannot be taken as it is written. */
export type RowFault = 'quotes' | 'too-long';

export interface CsvRowsOptions {
  readonly delimiter: string;
  /** Characters of one row, quotes included; of a longer one only the beginning is kept. */
  readonly mostRowLength: number;
  /**
   * One row: its fields as meant, and the line of the file, from 1, on which it begins. With a fault there is one
   * field: the line as written (`quotes`), or the beginning of the row (`too-long`).
   */
  onRow(line: number, fields: string[], fault: RowFault | undefined): void;
}

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const beginKept = 200;

/**
 * Reads CSV from text that comes in pieces.
 *
 * Promise: lines are counted as an editor counts them: LF, CR LF and a lone CR end a line, also within quotes.
 *          A quote in the middle of an unquoted field is an ordinary character. A quoted field that goes on after
 *          its closing quote makes the row a fault; reading goes on at the next line after the one on which that
 *          field began, so that one stray quote costs one line and not the rest of the file. No more than
 *          `mostRowLength` characters, and a piece, are held at any time.
 * Source:  RFC 4180; build/decisions, "Our own CSV reader".
 */
export class CsvRows {
  readonly #options: CsvRowsOptions;
  readonly #delimiter: number;
  #text = '';
  /** Of the next character to be read. */
  #line = 1;
  /** The end of a row that is too long is being looked for, within quotes or not. */
  #passing: { quoted: boolean; readonly line: number } | undefined;

  constructor(options: CsvRowsOptions) {
    this.#options = options;
    this.#delimiter = options.delimiter.charCodeAt(0);
  }

  write(piece: string): void {
    this.#text = this.#text === '' ? piece : this.#text + piece;
    this.#read(false);
  }

  /** The text is over. Returns the line of a quote that was never closed, where there is one. */
  end(): number | undefined {
    this.#read(true);
    if (this.#passing !== undefined) return this.#passing.quoted ? this.#passing.line : undefined;
    return this.#text === '' ? undefined : this.#line;
  }

  /** The line on which the text that came so far ends. */
  lineAtEnd(): number {
    return this.#line + countLineEnds(this.#text);
  }

  #read(last: boolean): void {
    const text = this.#text;
    let at = this.#passing === undefined ? 0 : this.#passOver(this.#passing, 0, last);
    while (at < text.length && this.#passing === undefined) {
      const next = this.#readRow(at, last);
      if (next !== undefined) {
        at = next;
        continue;
      }
      if (text.length - at <= this.#options.mostRowLength) break;
      this.#options.onRow(this.#line, [text.slice(at, at + beginKept)], 'too-long');
      this.#passing = { quoted: false, line: this.#line };
      at = this.#passOver(this.#passing, at, last);
    }
    this.#text = at === 0 ? text : text.slice(at);
  }

  /** Returns where the next row begins; undefined when the end of this one has not come yet. */
  #readRow(begin: number, last: boolean): number | undefined {
    const text = this.#text;
    const { length } = text;
    const delimiter = this.#delimiter;
    const fields: string[] = [];
    let linesWithin = 0;
    let at = begin;
    for (;;) {
      if (at < length && text.charCodeAt(at) === quote) {
        const close = closingQuote(text, at + 1, last);
        if (close === undefined) return undefined;
        const after = close + 1 < length ? text.charCodeAt(close + 1) : -1;
        if (after !== delimiter && after !== lineFeed && after !== carriageReturn && after !== -1) {
          return this.#faultyLine(begin, at, linesWithin, last);
        }
        const raw = text.slice(at + 1, close);
        linesWithin += countLineEnds(raw);
        fields.push(raw.includes('"') ? raw.replaceAll('""', '"') : raw);
        at = close + 1;
      } else {
        const from = at;
        while (at < length) {
          const code = text.charCodeAt(at);
          if (code === delimiter || code === lineFeed || code === carriageReturn) break;
          at += 1;
        }
        fields.push(text.slice(from, at));
      }
      if (at >= length || text.charCodeAt(at) !== delimiter) break;
      at += 1;
    }
    if (at >= length && !last) return undefined;
    const next = afterLineEnd(text, at, last);
    if (next === undefined) return undefined;
    const line = this.#line;
    this.#line += linesWithin + 1;
    if (at - begin <= this.#options.mostRowLength) this.#options.onRow(line, fields, undefined);
    else this.#options.onRow(line, [text.slice(begin, begin + beginKept)], 'too-long');
    return next;
  }

  /** The row ends with the line on which its faulty field begins. */
  #faultyLine(begin: number, fieldAt: number, linesWithin: number, last: boolean): number | undefined {
    const end = nextLineEnd(this.#text, fieldAt);
    if (end === this.#text.length && !last) return undefined;
    const next = afterLineEnd(this.#text, end, last);
    if (next === undefined) return undefined;
    this.#options.onRow(this.#line, [this.#text.slice(begin, end)], 'quotes');
    this.#line += linesWithin + 1;
    return next;
  }

  /** Looks for the end of a row without keeping it. */
  #passOver(passing: { quoted: boolean }, from: number, last: boolean): number {
    const text = this.#text;
    let at = from;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === quote) passing.quoted = !passing.quoted;
      else if (code === lineFeed || code === carriageReturn) {
        const next = afterLineEnd(text, at, last);
        if (next === undefined) return at;
        this.#line += 1;
        at = next;
        if (passing.quoted) continue;
        this.#passing = undefined;
        return at;
      }
      at += 1;
    }
    return at;
  }
}
