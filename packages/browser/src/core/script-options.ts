import type { ConsentMode } from '@tenth/model/consent.ts';

/** What the shop wrote on the script tag. */
export interface ScriptOptions {
  readonly writeKey: string;
  readonly consentMode: ConsentMode;
  /** BCP 47; overrules the document's `lang`. */
  readonly locale: string | undefined;
  /** Origin (and path) under which `/v1/batch` lives, without a slash at the end. */
  readonly endpoint: string;
  /** Folder of `t.js`, with a slash at the end: the other chunks lie beside it. */
  readonly baseUrl: string;
  /** HMAC of the userId by the shop's server: opens member-level content. */
  readonly userHash: string | undefined;
  readonly isAutoPage: boolean;
}

/** Reads the tag; without a write key there is nothing to do, and `undefined` comes back. */
export function readScriptOptions(
  script: Pick<HTMLScriptElement, 'src' | 'dataset'>,
): ScriptOptions | undefined {
  const { writeKey, consent, locale, endpoint, userHash, autoPage } = script.dataset;
  if (!writeKey) {
    return undefined;
  }
  return {
    writeKey,
    consentMode: consent === 'opt_in' || consent === 'none' ? consent : 'opt_out',
    locale: locale || undefined,
    endpoint: (endpoint || new URL(script.src).origin).replace(/\/+$/, ''),
    baseUrl: new URL('.', script.src).href,
    userHash: userHash || undefined,
    isAutoPage: autoPage !== 'false',
  };
}
