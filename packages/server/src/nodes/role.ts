import { z } from 'zod';

/** What a process may do; every other part of it runs in every process. */
export const roles = ['collect', 'ship', 'sweep', 'backfill', 'admin'] as const;

export type Role = (typeof roles)[number];

const isRole = (word: string): word is Role => roles.some((role) => role === word);

/** A comma-separated list of roles; all of them unless given. */
export const roleList = z
  .string()
  .default(roles.join(','))
  .transform((text, context): readonly Role[] => {
    const words = text.split(',').map((word) => word.trim());
    const known = words.filter(isRole);
    if (known.length < words.length) {
      context.addIssue({ code: 'custom', message: `give some of ${roles.join(', ')}` });
    }
    return [...new Set(known)];
  });
