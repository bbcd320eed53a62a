import { RenderError } from './render-error.ts';

const schemes = ['https', 'http', 'mailto', 'tel', 'sms'];

/**
 * Addresses that only lead somewhere: relative, https, http, mail, phone, SMS.
 *
 * @throws {RenderError} The address would do something else.
 */
export function safeUrl(raw: string): string {
  const url = raw.trim();
  // Browsers drop tabs and line breaks inside a scheme, so `java\nscript:` would pass as relative.
  for (let index = 0; index < url.length; index += 1) {
    if (url.charCodeAt(index) < 0x20) {
      throw new RenderError('the address has control characters');
    }
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined && !schemes.includes(scheme)) {
    throw new RenderError(`the address starts with ${scheme}:, which is not allowed`);
  }
  return url;
}
