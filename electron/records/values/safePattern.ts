/** The longest value that a pattern is asked about. */
export const longestPatternValue = 200;
/** How many parts of a pattern may repeat without a small bound. */
const mostLooseRepeats = 3;
const smallSpan = 10;

export type SafePattern = { readonly matches: (value: string) => boolean } | { readonly refused: string };

interface Group {
  /** Holds a choice or a repetition: repeating it again would let one text be matched in endless ways. */
  isLoose: boolean;
}

/**
 * A pattern that the whole value must match; or why it is refused.
 *
 * Promise: bounded time. JavaScript's expressions go back and try again, which some patterns and values turn into
 *          years. So nothing that repeats may hold something that repeats or chooses, at most three parts may repeat
 *          freely, and no value longer than `longestPatternValue` is asked about: about a million steps at worst.
 */
export function safePattern(pattern: string): SafePattern {
  try {
    const expression = new RegExp(`^(?:${pattern})$`, 'u');
    // Also on its own: "a)|(b" is none, though it is one between the brackets above.
    new RegExp(pattern, 'u');
    const refused = findDanger(pattern);
    return refused === undefined ? { matches: (value) => expression.test(value) } : { refused };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : 'It is no regular expression.' };
  }
}

/** The pattern is known to be a sound expression. */
function findDanger(pattern: string): string | undefined {
  const open: Group[] = [{ isLoose: false }];
  let looseRepeats = 0;
  let last: Group | undefined;
  for (let at = 0; at < pattern.length; at += 1) {
    const rest = pattern.slice(at);
    const quantifier = /^(?:[*+]|\{(\d+)(,?)(\d*)\})\??/.exec(rest) ?? /^\?/.exec(rest);
    if (quantifier !== null) {
      const span = spanOf(quantifier);
      if (span.most > 1 && last?.isLoose === true) {
        return 'A part that repeats holds another one that repeats or has a choice.';
      }
      if (span.most - span.least > smallSpan) looseRepeats += 1;
      if (span.most !== span.least) for (const group of open) group.isLoose = true;
      at += quantifier[0].length - 1;
      continue;
    }
    const special = /^(?:\(\?<?[=!]|\\[1-9]|\\k)/.test(rest);
    if (special) return 'It looks ahead, looks back or refers back.';
    last = undefined;
    const char = pattern[at];
    if (char === '\\') at += 1;
    else if (char === '[') at += classLength(rest) - 1;
    else if (char === '|') for (const group of open) group.isLoose = true;
    else if (char === '(') {
      open.push({ isLoose: false });
      at += (/^\((?:\?:|\?<[^>]*>|\?[a-z-]*:)?/.exec(rest)?.[0].length ?? 1) - 1;
    } else if (char === ')') last = open.pop();
  }
  if (looseRepeats <= mostLooseRepeats) return undefined;
  return `More than ${mostLooseRepeats} of its parts repeat without a small bound.`;
}

function spanOf(quantifier: RegExpExecArray): { readonly least: number; readonly most: number } {
  const [text, least, comma, most] = quantifier;
  if (text.startsWith('?')) return { least: 0, most: 1 };
  if (least === undefined) return { least: 0, most: Number.POSITIVE_INFINITY };
  if (comma === '') return { least: Number(least), most: Number(least) };
  return { least: Number(least), most: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
}

/** Length of the character class that begins here. */
function classLength(rest: string): number {
  return /^\[(?:\\.|[^\]\\])*\]/s.exec(rest)?.[0].length ?? 1;
}
