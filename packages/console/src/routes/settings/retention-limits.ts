import { monthsBefore } from '@tenth/model/months-before.ts';
import { type PrivacySettings, privacySettings } from '@tenth/model/privacy-settings.ts';

/** How long things are kept, in months; null keeps them. */
export type RetentionLimits = Pick<PrivacySettings, 'eventMonths' | 'inactiveMonths'>;

export const retentionLimits = ['eventMonths', 'inactiveMonths'] as const;

/**
 * What stands in a field.
 *
 * @returns null for an empty one, which keeps everything; undefined for what is no number of months that
 *   the settings allow.
 */
export function readMonths(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') {
    return null;
  }
  const months = /^\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  const { success, data } = privacySettings.shape.eventMonths.safeParse(months);
  return success ? data : undefined;
}

/** From when on things are kept, as far as a change deletes more than was deleted before it; ISO times. */
export interface Cuts {
  readonly events: string | undefined;
  readonly people: string | undefined;
}

/** @param now In epoch ms. */
export function cutsOf(before: RetentionLimits, after: RetentionLimits, now: number): Cuts {
  const cutOf = (limit: (typeof retentionLimits)[number]) => {
    const [was, is] = [before[limit], after[limit]];
    return is !== null && (was === null || is < was)
      ? new Date(monthsBefore(now, is)).toISOString()
      : undefined;
  };
  return { events: cutOf('eventMonths'), people: cutOf('inactiveMonths') };
}
