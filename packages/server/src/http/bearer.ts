/** The secret in `Authorization: Bearer`; undefined where the header is another or missing. */
export function readBearer(authorization: string | undefined): string | undefined {
  const [, secret] = /^bearer +(\S{1,200})$/i.exec(authorization ?? '') ?? [];
  return secret;
}
