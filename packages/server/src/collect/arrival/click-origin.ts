import type { SourceCategory } from './source-table.ts';

/** What a click id alone tells about the way here. */
export interface ClickOrigin {
  readonly source: string;
  readonly medium: string;
  readonly category: SourceCategory | undefined;
  /** False where the network adds its id to free links too, so that a referrer knows better. */
  readonly isPaid: boolean;
}

type ClickIds = Readonly<Record<string, string>>;

const paid = (source: string, category: SourceCategory): ClickOrigin => ({
  source,
  medium: 'cpc',
  category,
  isPaid: true,
});

const byClickId: readonly (readonly [param: string, origin: ClickOrigin])[] = [
  ['gclid', paid('google', 'search')],
  ['gbraid', paid('google', 'search')],
  ['wbraid', paid('google', 'search')],
  ['gad_source', paid('google', 'search')],
  ['dclid', { source: 'google', medium: 'display', category: 'ad_display', isPaid: true }],
  ['msclkid', paid('bing', 'search')],
  ['ttclid', paid('tiktok', 'social')],
  ['twclid', paid('twitter', 'social')],
  ['li_fat_id', paid('linkedin', 'social')],
  ['rdt_cid', paid('reddit', 'social')],
  ['qclid', paid('quora', 'social')],
  ['sccid', paid('snapchat', 'social')],
  ['ScCid', paid('snapchat', 'social')],
  ['epik', paid('pinterest', 'social')],
  ['yclid', paid('yandex', 'search')],
  ['irclid', { source: 'impact', medium: 'affiliate', category: undefined, isPaid: true }],
  ['_kx', { source: 'klaviyo', medium: 'email', category: 'email', isPaid: true }],
  ['mc_cid', { source: 'mailchimp', medium: 'email', category: 'email', isPaid: true }],
  ['k_clid', paid('kakao', 'social')],
  ['k_keyword_id', paid('kakao', 'search')],
  ['k_keyword', paid('kakao', 'search')],
  ['srsltid', { source: 'google', medium: 'organic', category: 'shopping', isPaid: false }],
  ['fbclid', { source: 'facebook', medium: 'social', category: 'social', isPaid: false }],
  ['igshid', { source: 'instagram', medium: 'social', category: 'social', isPaid: false }],
  ['igsh', { source: 'instagram', medium: 'social', category: 'social', isPaid: false }],
];

/** `undefined` where no click id names its network. Naver's come first: they say the most. */
export function findClickOrigin(clickIds: ClickIds): ClickOrigin | undefined {
  return findNaverOrigin(clickIds) ?? byClickId.find(([param]) => param in clickIds)?.[1];
}

/** @source ads.naver.com/notice/13446; navercts.gitbook.io/guide/gather_description */
function findNaverOrigin(clickIds: ClickIds): ClickOrigin | undefined {
  const napm = clickIds.NaPm ?? '';
  if (/(?:^|\|)tr=gfa(?:\||$)/.test(napm)) {
    return { source: 'naver', medium: 'display', category: 'ad_display', isPaid: true };
  }
  if (clickIds.n_campaign_type === '2' || 'n_mall_pid' in clickIds || 'n_mall_id' in clickIds) {
    return paid('naver', 'shopping');
  }
  const isAd =
    /(?:^|\|)tr=sa(?:\||$)/.test(napm) ||
    ['n_keyword_id', 'n_ad', 'n_media', 'n_ad_group', 'n_keyword'].some(
      (param) => param in clickIds,
    );
  return isAd ? paid('naver', 'search') : undefined;
}
