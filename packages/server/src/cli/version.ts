/** Put in by the build. */
declare const TENTH_VERSION: string | undefined;

export const version = typeof TENTH_VERSION === 'undefined' ? '0.0.0-source' : TENTH_VERSION;
