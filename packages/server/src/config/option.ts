import type { z } from 'zod';

/** One thing an operator can set: its variable, its flag, its check, its default and its help, in one place. */
export interface Option<Type extends z.ZodType> {
  readonly env: string;
  /** As typed, without the dashes: `data-dir`. */
  readonly flag: string;
  /** What stands for the value in `--help`: `PORT`, `DIR`. */
  readonly placeholder: string;
  /** Reads the text of the variable or flag; gives the default where nothing is set. */
  readonly type: Type;
  /** The default as an operator reads it. */
  readonly defaultText: string;
  readonly description: string;
  /** Not printed at start-up. */
  readonly isSecret?: boolean;
}

export function option<Type extends z.ZodType>(definition: Option<Type>): Option<Type> {
  return definition;
}
