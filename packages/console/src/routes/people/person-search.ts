export const personTabs = ['profile', 'timeline', 'explain', 'merges'] as const;
export type PersonTab = (typeof personTabs)[number];

export interface PersonSearch {
  readonly tab?: PersonTab;
  readonly campaign?: string;
}

export function readPersonSearch(search: Readonly<Record<string, unknown>>): PersonSearch {
  const tab = personTabs.find((one) => one === search.tab);
  return {
    ...(tab === undefined ? {} : { tab }),
    ...(typeof search.campaign === 'string' ? { campaign: search.campaign } : {}),
  };
}
