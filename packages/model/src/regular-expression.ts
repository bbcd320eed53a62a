import { RE2JS } from 're2js';
import { z } from 'zod';

/**
 * A regular expression of RE2: matching takes time in proportion to the text, whatever the pattern, and
 * ClickHouse reads it in the same way. No look-around and no back-references.
 */
export const regularExpression = z
  .string()
  .min(1)
  .max(200)
  .refine(isRegularExpression, { message: 'not a regular expression of RE2' });

function isRegularExpression(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch {
    return false;
  }
}
