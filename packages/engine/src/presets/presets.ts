import { arrivalPresets } from './arrival-presets.ts';
import { interestPresets } from './interest-presets.ts';
import { membershipPresets } from './membership-presets.ts';
import { momentPresets } from './moment-presets.ts';
import { orderPresets } from './order-presets.ts';
import type { Preset } from './preset.ts';
import { shoppingPresets } from './shopping-presets.ts';
import { visitPresets } from './visit-presets.ts';

/** The library of segments that only have to be chosen, group by group. */
export const presets: readonly Preset[] = [
  ...arrivalPresets,
  ...visitPresets,
  ...shoppingPresets,
  ...orderPresets,
  ...interestPresets,
  ...membershipPresets,
  ...momentPresets,
];

export function presetById(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}
