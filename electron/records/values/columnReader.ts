import type { Column, Constraint, Parsing } from '../../../shared/dataset.ts';
import { readBoolean } from './readBoolean.ts';
import { readDate } from './readDate.ts';
import { readDecimal, shortestDecimal } from './readDecimal.ts';
import { readInteger } from './readInteger.ts';
import { longestPatternValue, safePattern } from './safePattern.ts';
import { typeReason } from './typeReason.ts';

/** A value as SQLite keeps it. */
export type Stored = string | number | null;

/** Tells that a value breaks a constraint. */
export type Complain = (constraint: Constraint, reason: string) => void;

/** Reads one column's value as written: what is to be stored, and null where it is empty or cannot be read. */
export type ColumnReader = (written: string, complain: Complain) => Stored;

export interface ColumnParts {
  readonly parsing: Parsing;
  readonly isKey: boolean;
  /** Whether the referenced column has this value; undefined where the column refers to nothing. */
  readonly isKnown: ((value: Stored) => boolean) | undefined;
}

/** The most characters of a text whose column says nothing about it. */
const longestText = 1_000_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters it looks for.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Compiles what a column asks of its values into one function, made once and called for every row.
 *
 * Promise: makes no object for a value that is in order. Outer blanks do not count, in any type.
 */
export function columnReader(column: Column, parts: ColumnParts): ColumnReader {
  const convert = converter(column, parts);
  const checks = [
    valuesCheck(column),
    boundsCheck(column),
    patternCheck(column),
    referenceCheck(column, parts),
  ];
  const wanted = checks.filter((check) => check !== undefined);
  const isRequired = column.required || parts.isKey;
  return (written, complain) => {
    const text = trimmed(written);
    if (text === '') {
      if (isRequired) complain('required', 'This value is missing; every row needs one.');
      return null;
    }
    const value = convert(text, complain);
    if (value === null) return null;
    for (let index = 0; index < wanted.length; index += 1) wanted[index]?.(value, complain);
    return value;
  };
}

/** Most values have no outer blanks: looking at their ends is quicker than trimming. */
function trimmed(text: string): string {
  if (text.length === 0) return text;
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first > 32 && first < 127 && last > 32 && last < 127 ? text : text.trim();
}

function converter(column: Column, { parsing, isKey }: ColumnParts): ColumnReader {
  const orComplain =
    (read: (text: string) => Stored | undefined): ColumnReader =>
    (text, complain) => {
      const value = read(text);
      if (value !== undefined) return value;
      complain('type', typeReason(column.type, text, parsing));
      return null;
    };
  switch (column.type) {
    case 'integer':
      return orComplain((text) => readInteger(text, parsing.thousandsSeparator));
    case 'decimal':
      return orComplain((text) => {
        const value = readDecimal(text, parsing);
        return value !== undefined && isKey ? shortestDecimal(value) : value;
      });
    case 'date':
      return orComplain((text) => readDate(text, parsing.dateOrder));
    case 'boolean':
      return orComplain(readBoolean);
    case 'text':
    case 'one-of':
      return textReader(column.maxLength ?? longestText);
  }
}

function textReader(maxLength: number): ColumnReader {
  return (text, complain) => {
    if (text.length > maxLength && characters(text, maxLength) > maxLength) {
      complain(
        'length',
        `This text has ${text.length.toLocaleString('en')} characters; at most ${maxLength.toLocaleString('en')} are allowed.`,
      );
      // What is only warned of is stored, but never without a bound.
      return text.length > longestText ? null : text;
    }
    if (control.test(text)) {
      complain(
        'type',
        'This text holds a NUL or another control character, which no text for people has. The file may be damaged, or in another encoding than it seems.',
      );
      return null;
    }
    if (!text.isWellFormed()) {
      complain(
        'type',
        'This text holds half a character. The file may be in another encoding than it seems.',
      );
      return null;
    }
    return text;
  };
}

/** A character outside of Unicode's first plane is two units long. Counts no further than needed. */
function characters(text: string, enough: number): number {
  if (text.length > 2 * enough) return text.length;
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}

type Check = (value: string | number, complain: Complain) => void;

function valuesCheck({ values, type }: Column): Check | undefined {
  if (values === undefined) return undefined;
  const allowed = new Set<string | number>(type === 'integer' ? values.map(Number) : values);
  const shown = values.length > 10 ? `${values.slice(0, 10).join(', ')}, …` : values.join(', ');
  return (value, complain) => {
    if (!allowed.has(value)) complain('values', `Only these values are allowed here: ${shown}.`);
  };
}

function boundsCheck({ type, min, max }: Column): Check | undefined {
  if (min === undefined && max === undefined) return undefined;
  const least = min ?? (type === 'date' ? '' : Number.NEGATIVE_INFINITY);
  const most = max ?? (type === 'date' ? '~' : Number.POSITIVE_INFINITY);
  const isDecimal = type === 'decimal';
  return (written, complain) => {
    const value = isDecimal ? Number(written) : written;
    if (value < least) complain('min', `This value is below ${min}, the least allowed.`);
    if (value > most) complain('max', `This value is above ${max}, the most allowed.`);
  };
}

function patternCheck({ pattern }: Column): Check | undefined {
  if (pattern === undefined) return undefined;
  const safe = safePattern(pattern);
  if ('refused' in safe) throw new Error(`The pattern ${pattern} was to be refused with its dataset.`);
  return (value, complain) => {
    const text = String(value);
    if (text.length > longestPatternValue || !safe.matches(text)) {
      complain('pattern', `This value does not have the form that is asked for: ${pattern}`);
    }
  };
}

function referenceCheck({ reference }: Column, { isKnown }: ColumnParts): Check | undefined {
  if (reference === undefined || isKnown === undefined) return undefined;
  return (value, complain) => {
    if (isKnown(value)) return;
    complain(
      'reference',
      `No published row of ${reference.dataset} has this value as its ${reference.column}.`,
    );
  };
}
