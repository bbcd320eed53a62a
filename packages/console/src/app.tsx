import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { createQueryClient } from './api/query-client.ts';
import { useSession } from './api/use-session.ts';
import { QueryView } from './frame/query-view.tsx';
import { LocaleProvider } from './messages/locale-provider.tsx';
import { createConsoleRouter } from './router.tsx';
import { readInvitation } from './routes/sign-in/invitation.ts';
import { InvitationPage, SetUpPage, SignInPage } from './routes/sign-in/sign-in-page.tsx';
import { UiProvider } from './ui/ui-provider.tsx';

export function App() {
  const [client] = useState(createQueryClient);
  return (
    <UiProvider>
      <QueryClientProvider client={client}>
        <Gate />
      </QueryClientProvider>
    </UiProvider>
  );
}

/** Asks who is there before anything else is shown; the address is kept for after the sign-in. */
function Gate() {
  const [router] = useState(createConsoleRouter);
  const session = useSession();
  const [invitation, setInvitation] = useState(() => readInvitation(window.location.hash));
  return (
    <LocaleProvider workspaceLocale={session.data?.workspace?.locale}>
      <QueryView query={session}>
        {({ state, hasOidc }) => {
          if (invitation !== undefined) {
            return (
              <InvitationPage
                token={invitation}
                onDone={() => {
                  window.history.replaceState(null, '', '/console/');
                  setInvitation(undefined);
                }}
              />
            );
          }
          switch (state) {
            case 'setup':
              return <SetUpPage />;
            case 'signed_out':
              return <SignInPage hasProvider={hasOidc} />;
            case 'signed_in':
              return <RouterProvider router={router} />;
          }
        }}
      </QueryView>
    </LocaleProvider>
  );
}
