import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { routes } from '@tenth/model/api.ts';
import type { Erasure } from '@tenth/model/erasure.ts';
import { personRef } from '@tenth/model/person.ts';
import { personExportPath } from '@tenth/model/person-export.ts';
import { z } from 'zod';
import { callServer, openHere, type Remote, remoteOf } from './call-server.ts';
import type { CliContext, Flags } from './context.ts';

const text = z.coerce.string();
const personFlags = z.object({
  out: text.optional(),
  url: z.url().optional(),
  apiKey: text.optional(),
});

const ASK_EVERY_MS = 500;

/** `tenth person export REF` and `tenth person erase REF`. */
export async function person(
  { action, ref }: { readonly action: string; readonly ref: string },
  flags: Flags,
  context: CliContext,
): Promise<number> {
  const own = personFlags.parse(flags);
  const asked = personRef.parse(ref);
  const remote = remoteOf(own);
  switch (action) {
    case 'export':
      await exportTo(own.out, (to) =>
        remote === undefined ? exportHere(asked, to, flags, context) : exportOf(remote, asked, to),
      );
      return 0;
    case 'erase': {
      const erasure =
        remote === undefined
          ? await eraseHere(asked, flags, context)
          : await eraseOf(remote, asked);
      context.print(JSON.stringify(erasure, null, 2));
      return 0;
    }
    default:
      throw new Error(
        `there is no command person ${action}; there is person export REF and person erase REF`,
      );
  }
}

async function exportTo(
  path: string | undefined,
  write: (to: Writable) => Promise<void>,
): Promise<void> {
  if (path === undefined) {
    await write(process.stdout);
    return;
  }
  // Whoever may read it is for the operator to say.
  const file = createWriteStream(path, { mode: 0o600 });
  await write(file);
  file.end();
  await finished(file);
}

async function exportOf(remote: Remote, ref: string, to: Writable): Promise<void> {
  const path = personExportPath.replace(':person', encodeURIComponent(ref));
  const { body } = await callServer(remote, path);
  if (body !== null) {
    await pipeline(Readable.fromWeb(body), to, { end: false });
  }
}

async function exportHere(
  ref: string,
  to: Writable,
  flags: Flags,
  context: CliContext,
): Promise<void> {
  const { tenth, caller } = await openHere(flags, context);
  try {
    const { auditTrail, personExports } = tenth.admin;
    const lines = await auditTrail.run(
      {
        workspaceId: caller.workspaceId,
        caller: caller.identity,
        origin: undefined,
        name: 'exportPerson',
        target: { person: ref },
      },
      () => personExports.run(caller, ref, new AbortController().signal),
    );
    for await (const line of lines) {
      to.write(`${JSON.stringify(line)}\n`);
    }
  } finally {
    await tenth.stop();
  }
}

async function eraseOf(remote: Remote, ref: string): Promise<Erasure> {
  const { erasePerson, getErasure } = routes;
  const path = erasePerson.path.replace(':person', encodeURIComponent(ref));
  const begun = erasePerson.reply.parse(
    await (await callServer(remote, path, { method: erasePerson.method })).json(),
  );
  return untilDone(begun.erasure, async (id) => {
    const reply = await callServer(remote, getErasure.path.replace(':id', id));
    return getErasure.reply.parse(await reply.json()).erasure;
  });
}

async function eraseHere(ref: string, flags: Flags, context: CliContext): Promise<Erasure> {
  const { tenth, caller } = await openHere(flags, context);
  try {
    const { handlers } = tenth.admin;
    const { erasure } = await handlers.erasePerson({ caller, params: { person: ref } });
    return await untilDone(
      erasure,
      async (id) => (await handlers.getErasure({ caller, params: { id } })).erasure,
    );
  } finally {
    await tenth.stop();
  }
}

/** @throws {Error} A store does not do as asked; the erasure goes on once it does. */
async function untilDone(
  begun: Erasure,
  find: (erasureId: string) => Promise<Erasure>,
): Promise<Erasure> {
  for (let erasure = begun; ; erasure = await find(begun.erasureId)) {
    if (erasure.state === 'done') {
      return erasure;
    }
    if (erasure.waitingFor !== null) {
      throw new Error(`erasure ${erasure.erasureId} waits: ${erasure.waitingFor}`);
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}
