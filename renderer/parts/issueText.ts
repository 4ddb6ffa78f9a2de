import type { z } from 'zod';
import { text } from '../text/en.ts';

/** A schema's complaint, said at its field to the person who typed it. */
export function issueText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'int') return text.errors.neededWholeNumber;
      return issue.expected === 'number' ? text.errors.neededNumber : text.errors.needed;
    case 'too_small':
      return issue.origin === 'string' ? text.errors.needed : text.errors.atLeast(issue.minimum);
    case 'too_big':
      if (issue.origin === 'string') return text.errors.atMostCharacters(issue.maximum);
      if (issue.origin === 'array') return text.errors.atMostEntries(issue.maximum);
      return text.errors.atMost(issue.maximum);
    case 'invalid_union':
      return text.errors.notUnderstood;
    default:
      return issue.message;
  }
}
