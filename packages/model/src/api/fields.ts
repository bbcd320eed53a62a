import { z } from 'zod';
import { isoTime } from '../iso-time.ts';
import { personRef } from '../person.ts';

/** How many of a list at once. */
export const pageSize = z.coerce.number().int().min(1).max(200).default(50);

export const periodQuery = z.strictObject({
  from: isoTime.optional().describe('Included; 30 days before `to` unless given'),
  to: isoTime.optional().describe('Excluded; now unless given'),
});

export const byId = { params: z.strictObject({ id: z.string().min(1).max(64) }) };

export const byPerson = { params: z.strictObject({ person: personRef }) };
