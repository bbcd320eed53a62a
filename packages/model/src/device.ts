import { z } from 'zod';

export const deviceTypes = ['desktop', 'phone', 'tablet', 'tv', 'other'] as const;
export const deviceType = z.enum(deviceTypes);
export type DeviceType = z.infer<typeof deviceType>;

export interface Device {
  readonly type: DeviceType;
  /** `Android`, `iOS`, `Windows` …; empty where unknown. */
  readonly os: string;
  /** `Chrome`, `Safari`, `KakaoTalk in-app` …; empty where unknown. */
  readonly browser: string;
}
