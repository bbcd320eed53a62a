import { z } from 'zod';
import { isoTime } from './iso-time.ts';

/** Who did something: an API key, a user of the console, the command line of the server's own machine. */
export const callerIdentity = z.strictObject({
  kind: z.string().describe('api_key, user, command; visitor for who is not signed in yet'),
  id: z.string(),
});
export type CallerIdentity = z.infer<typeof callerIdentity>;

/** One administrative act, or one look at people's data. Never changed once it is written. */
export const auditEntry = z.strictObject({
  entryId: z.number().int().describe('Grows with each entry'),
  at: isoTime,
  caller: callerIdentity,
  act: z.string().describe('The operation, as this document names it'),
  target: z
    .record(z.string(), z.string())
    .describe('What it was done to; a person as a keyed hash, so that the log names nobody'),
  outcome: z.string().describe('done, or the code of the problem it was refused with'),
  planVersion: z
    .strictObject({ before: z.number().int(), after: z.number().int() })
    .nullable()
    .describe('Of what is published, where the act published something'),
  requestId: z.string().describe('As in the log of the server; empty on the command line'),
  address: z.string().describe('Network address of the caller; empty on the command line'),
});
export type AuditEntry = z.infer<typeof auditEntry>;
