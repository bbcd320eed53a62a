declare const brand: unique symbol;

/** A nominal type: `Brand<string, 'ProfileId'>` is a string that only its parser can make. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Ends a `switch` over a union; the compiler refuses it while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
