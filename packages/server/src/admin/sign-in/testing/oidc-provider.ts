import { createServer } from 'node:http';
import Provider from 'oidc-provider';

export interface TestProvider {
  readonly issuer: string;
  /** Who is signed in with the provider: their address is `NAME@shop.example`. */
  signedIn: string;
  isEmailVerified: boolean;
  close(): Promise<void>;
}

export const CLIENT = { clientId: 'tenth', clientSecret: 'a secret of the client' };

/** A real OpenID Connect provider, which asks nobody for a password. */
export async function openProvider(redirectUri: string): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const issuer = `http://127.0.0.1:${port}`;
  const self: TestProvider = {
    issuer,
    signedIn: 'ann',
    isEmailVerified: true,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: async (_context, id) => ({
      accountId: id,
      claims: async () => ({
        sub: id,
        email: `${id}@shop.example`,
        email_verified: self.isEmailVerified,
      }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: CLIENT.clientId,
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') === true) {
      void provider.interactionFinished(request, response, {
        login: { accountId: self.signedIn },
      });
    } else {
      void handle(request, response);
    }
  });
  return self;
}
