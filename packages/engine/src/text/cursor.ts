import type { z } from 'zod';
import { scan, type Token, type TokenKind } from './scanner.ts';
import { ConditionSyntaxError, unexpected } from './syntax-error.ts';

/**
 * Reads tokens one after another and remembers, at the furthest place that was looked at, everything
 * that would have been valid there.
 */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;
  #furthest = 0;
  #wanted = new Set<string>();

  constructor(source: string) {
    this.#tokens = scan(source);
  }

  /** The next token, or one further on. */
  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) {
      throw new Error('a text has at least its end');
    }
    return token;
  }

  /** Takes words and marks, `is any of` or `version >=`, if they come next as a whole. */
  tryPhrase(phrase: string): boolean {
    const words = phrase.split(' ');
    const fitting = words.findIndex((word, index) => !isWord(this.peek(index), word));
    const matched = fitting === -1 ? words.length : fitting;
    if (matched < words.length) {
      this.#want(this.#at + matched, words.slice(matched).join(' '));
      return false;
    }
    this.#at += matched;
    return true;
  }

  expectPhrase(phrase: string): void {
    if (!this.tryPhrase(phrase)) {
      this.fail();
    }
  }

  /** Takes one token of these kinds if it comes next. `label` says what it stands for. */
  tryToken(kinds: readonly TokenKind[], label: string): Token | undefined {
    const token = this.peek();
    if (!kinds.includes(token.kind)) {
      this.#want(this.#at, `<${label}>`);
      return undefined;
    }
    this.#at += 1;
    return token;
  }

  expectToken(kinds: readonly TokenKind[], label: string): Token {
    return this.tryToken(kinds, label) ?? this.fail();
  }

  /** Takes one of these words if it comes next. */
  tryOneOf<Word extends string>(words: readonly Word[]): Word | undefined {
    return words.find((word) => this.tryPhrase(word));
  }

  expectOneOf<Word extends string>(words: readonly Word[]): Word {
    return this.tryOneOf(words) ?? this.fail();
  }

  /** What the model allows of a value that began at a token. */
  check<Schema extends z.ZodType>(schema: Schema, value: unknown, start: Token): z.output<Schema> {
    const result = schema.safeParse(value);
    if (result.success) {
      return result.data;
    }
    const [issue] = result.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    return this.refuse(start, `${where}${issue?.message ?? 'not allowed'}`);
  }

  /** Ends with an error at a token that is of the right kind but not allowed. */
  refuse(token: Token, reason: string): never {
    throw new ConditionSyntaxError(token, token.written, [], `${token.written}: ${reason}`);
  }

  /**
   * Ends with what was found and what would have been valid, at the furthest place looked at.
   *
   * @param inShort What could begin here, told in place of a long list if nothing of it did.
   */
  fail(inShort?: string): never {
    const token = this.peek(this.#furthest - this.#at);
    const told = this.#furthest === this.#at ? inShort : undefined;
    throw unexpected(token, token.written, [...this.#wanted], told);
  }

  #want(at: number, label: string): void {
    if (at > this.#furthest) {
      this.#furthest = at;
      this.#wanted.clear();
    }
    if (at === this.#furthest) {
      this.#wanted.add(label);
    }
  }
}

/** Keywords are read in capitals, too. */
function isWord(token: Token, word: string): boolean {
  return (token.kind === 'word' || token.kind === 'mark') && token.value.toLowerCase() === word;
}
