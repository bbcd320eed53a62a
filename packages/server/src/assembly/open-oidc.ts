import { OidcClient } from '../admin/sign-in/oidc.ts';
import type { Config } from '../config/options.ts';

/**
 * The provider that users may sign in through, if one is named.
 *
 * @throws {Error} It is named only in part.
 */
export function openOidc({
  oidcIssuer: issuer,
  oidcClientId: clientId,
  oidcClientSecret: clientSecret,
}: Config): OidcClient | undefined {
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) {
    return undefined;
  }
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    throw new Error(
      'set all of TENTH_OIDC_ISSUER, TENTH_OIDC_CLIENT_ID and TENTH_OIDC_CLIENT_SECRET, or none',
    );
  }
  return new OidcClient({ issuer, clientId, clientSecret });
}
