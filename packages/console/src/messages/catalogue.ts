import type { Locale } from '@tenth/model/locale.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

type Shape<T> = T extends (...given: infer Given) => string
  ? (...given: Given) => string
  : T extends string
    ? string
    : { readonly [Key in keyof T]: Shape<T[Key]> };

/** Every text of the console. A catalogue that lacks one, or has one too many, does not compile. */
export type Messages = Shape<typeof ko>;

export const catalogues: Readonly<Record<Locale, Messages>> = { ko, en };
