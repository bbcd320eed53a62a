import { useMemo } from 'react';
import { useCampaigns } from '../api/use-campaigns.ts';
import { useSegments } from '../api/use-segments.ts';
import type { KnownNames } from '../words/explain-outcome.ts';
import { useFormat } from './use-format.ts';

export function useCampaignNames(): ReadonlyMap<string, string> {
  const campaigns = useCampaigns();
  const { text } = useFormat();
  return useMemo(
    () =>
      new Map(campaigns.data?.campaigns.map(({ campaign }) => [campaign.id, text(campaign.name)])),
    [campaigns.data, text],
  );
}

export function useSegmentNames(): ReadonlyMap<string, string> {
  const segments = useSegments();
  const { text } = useFormat();
  return useMemo(
    () => new Map(segments.data?.segments.map(({ segment }) => [segment.id, text(segment.name)])),
    [segments.data, text],
  );
}

/** What explanations call things. */
export function useKnownNames(): KnownNames {
  const campaigns = useCampaignNames();
  const segments = useSegmentNames();
  const { timeZone } = useFormat();
  return useMemo(() => ({ campaigns, segments, timeZone }), [campaigns, segments, timeZone]);
}
