import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';

/** What a Chromium browser says besides its user agent. */
export interface ClientHints {
  /** `"Chromium";v="124", "Whale";v="3"`; empty where not sent. */
  readonly brands: string;
  readonly mobile: boolean;
  /** `Android`, `Windows`, `macOS` …; empty where not sent. */
  readonly platform: string;
}

/** The `Sec-CH-UA` headers of the request, as they came; empty where not sent. */
export interface ClientHintHeaders {
  readonly 'sec-ch-ua'?: string | undefined;
  readonly 'sec-ch-ua-mobile'?: string | undefined;
  readonly 'sec-ch-ua-platform'?: string | undefined;
}

export const NO_HINTS: ClientHints = { brands: '', mobile: false, platform: '' };

/** Brand lists have three or four entries; what is longer is not a browser's. */
const MAX_BRANDS_CHARS = 200;
const MAX_PLATFORM_CHARS = 20;

export function readHintHeaders(headers: ClientHintHeaders): ClientHints {
  const brands = headers['sec-ch-ua'] ?? '';
  const platform = headers['sec-ch-ua-platform'] ?? '';
  if (brands === '' && platform === '') {
    return NO_HINTS;
  }
  return {
    brands: brands.slice(0, MAX_BRANDS_CHARS),
    mobile: headers['sec-ch-ua-mobile'] === '?1',
    platform: platform.replaceAll('"', '').slice(0, MAX_PLATFORM_CHARS),
  };
}

/** `context.userAgentData` as Segment's and our own script send it; `undefined` where it is not there. */
export function readHintContext(context: JsonObject): ClientHints | undefined {
  const data = context.userAgentData;
  if (!isJsonObject(data)) {
    return undefined;
  }
  const brands = Array.isArray(data.brands)
    ? data.brands.slice(0, 8).map(brandName).join(', ')
    : '';
  return {
    brands: brands.slice(0, MAX_BRANDS_CHARS),
    mobile: data.mobile === true,
    platform: typeof data.platform === 'string' ? data.platform.slice(0, MAX_PLATFORM_CHARS) : '',
  };
}

function brandName(entry: Json): string {
  return isJsonObject(entry) && typeof entry.brand === 'string' ? entry.brand : '';
}
