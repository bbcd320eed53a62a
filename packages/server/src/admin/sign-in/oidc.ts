import { Problem } from '@tenth/model/problem.ts';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the browser keeps between leaving for the provider and coming back. */
export const oidcAttempt = z.strictObject({
  state: z.string().min(16),
  nonce: z.string().min(16),
  verifier: z.string().min(43),
});
export type OidcAttempt = z.infer<typeof oidcAttempt>;

const verifiedEmail = z.object({ email: z.email(), email_verified: z.literal(true) });

/**
 * Sign-in through an OpenID Connect provider: authorization code with PKCE, state and nonce. The provider
 * is asked what it is like when the first one signs in, so that a start does not wait for it.
 */
export class OidcClient {
  readonly #settings: OidcSettings;
  #discovered: Promise<Configuration> | undefined;

  constructor(settings: OidcSettings) {
    this.#settings = settings;
  }

  /**
   * @returns Where to send the browser, and what it has to keep.
   * @throws {Problem} provider-unavailable
   */
  async start(redirectUri: string): Promise<{ readonly url: URL; readonly attempt: OidcAttempt }> {
    const configuration = await this.#discover();
    const attempt = {
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
    };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid email',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return { url, attempt };
  }

  /**
   * @param address Where the provider has sent the browser back to, whole.
   * @returns The e-mail address, in lower case, that the provider has verified.
   * @throws {Problem} provider-unavailable, provider-refused
   */
  async finish(address: URL, { state, nonce, verifier }: OidcAttempt): Promise<string> {
    const configuration = await this.#discover();
    try {
      const tokens = await authorizationCodeGrant(configuration, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const said = verifiedEmail.safeParse(claims);
      if (said.success) {
        return said.data.email.toLowerCase();
      }
      // Some providers tell it only where it is asked for.
      const info = await fetchUserInfo(configuration, tokens.access_token, claims?.sub ?? '');
      return verifiedEmail.parse(info).email.toLowerCase();
    } catch (cause) {
      const problem = new Problem('provider-refused', 'Sign in with the provider once more.');
      problem.cause = cause;
      throw problem;
    }
  }

  async #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const url = new URL(issuer);
    // Without TLS on this machine alone, to try it out.
    const isLocal = url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname);
    this.#discovered ??= discovery(
      url,
      clientId,
      clientSecret,
      undefined,
      isLocal ? { execute: [allowInsecureRequests] } : undefined,
    );
    try {
      return await this.#discovered;
    } catch (cause) {
      // Asked again by the next one.
      this.#discovered = undefined;
      const problem = new Problem('provider-unavailable', 'Try again, or sign in by password.');
      problem.cause = cause;
      throw problem;
    }
  }
}
