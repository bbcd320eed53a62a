import { z } from 'zod';
import { listId } from './ids.ts';
import { localizedText } from './locale.ts';

/** A list of people that was uploaded. Its members are kept beside the plan; a new upload is a new version. */
export const peopleList = z.strictObject({
  id: listId,
  name: localizedText,
  by: z.enum(['user_id', 'email']).describe('What its lines name people by'),
  version: z.number().int().min(1),
  members: z.number().int().min(0).max(1_000_000),
});
export type PeopleList = z.infer<typeof peopleList>;

export const mostListLines = 1_000_000;
/** Also of what a gzipped body unpacks to. */
export const mostListBytes = 100 * 1024 * 1024;

/** What came of the lines of an upload. Refused lines change nothing about the others. */
export const listUploadReport = z.strictObject({
  lines: z.number().int().describe('Without headings and empty lines'),
  duplicates: z.number().int().describe('Lines that name someone whom another line names'),
  refused: z.number().int(),
  firstRefused: z
    .array(z.strictObject({ line: z.number().int(), reason: z.string() }))
    .max(20)
    .describe('The first 20, by line of the file'),
});
export type ListUploadReport = z.infer<typeof listUploadReport>;
