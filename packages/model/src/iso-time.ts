import { z } from 'zod';

/** A moment with its offset, `2026-11-01T00:00:00+09:00`, from 1970 to 2099. */
export const isoTime = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= 0 && Date.parse(text) < Date.UTC(2100, 0, 1), {
    message: 'name a moment from 1970 to 2099',
  });
