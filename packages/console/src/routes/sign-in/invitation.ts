/** The token of a one-time link: it stands behind the hash, so that it is sent to no server on the way. */
export function readInvitation(hash: string): string | undefined {
  const [, token] = /^#invitation=([\w-]{20,200})$/.exec(hash) ?? [];
  return token;
}
