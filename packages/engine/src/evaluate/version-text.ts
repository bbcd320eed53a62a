const PATTERN = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[-+].*)?$/;

export type Version = readonly [number, number, number];

/** `1`, `v1.4`, `1.4.2-beta`: three numbers, what is left out being 0. Undefined for anything else. */
export function readVersion(text: string): Version | undefined {
  const found = PATTERN.exec(text);
  return found === null
    ? undefined
    : [Number(found[1]), Number(found[2] ?? 0), Number(found[3] ?? 0)];
}

/** Below 0 where the left one is older. */
export function compareVersions(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}
