import { rule } from '../text/rule.ts';
import { word, words } from './parameters.ts';
import { adjustable, fixed, type Preset, say } from './preset.ts';

/** By what brought the visitor. */
export const arrivalPresets: readonly Preset[] = [
  fixed({
    id: 'portal-first-visit',
    group: 'arrival',
    name: say('포털·검색으로 처음 온 비회원', 'First visit from a portal or search'),
    description: say(
      '네이버, 다음 같은 포털이나 검색에서 처음 들어온 비회원. 가입 혜택을 처음 알리기 좋습니다.',
      'Guests on their first visit who came from a portal or a search: the first to tell of the sign-up benefit.',
    ),
    condition: () => rule`
      new visitor and not member and channel is any of organic_search, portal`,
  }),
  adjustable({
    id: 'ad-newcomers',
    group: 'arrival',
    name: say('가입 혜택 광고로 처음 온 비회원', 'Newcomers from a sign-up ad'),
    description: say(
      '정해진 광고 소재를 누르고 처음 온 비회원. 광고에서 한 약속을 첫 화면에서 지킬 수 있습니다.',
      'Guests on their first visit who clicked a certain ad, so that its promise is kept on the first page.',
    ),
    parameters: { content: word('signup-benefit') },
    labels: { content: say('광고 소재 (utm_content에 포함)', 'Ad (contained in utm_content)') },
    condition: ({ content }) => rule`
      new visitor and not member and session content contains ${content}
      and (
        session medium is "cpc"
        or channel is any of paid_search, paid_shopping, paid_social, paid_video, paid_other, display
      )`,
  }),
  adjustable({
    id: 'brand-searchers',
    group: 'arrival',
    name: say('찾는 것을 검색해 처음 온 비회원', 'Searched for what they want'),
    description: say(
      '검색어를 남기고 처음 온 비회원. 브랜드나 상품 이름을 넣으면 그 말을 검색한 사람만 남습니다.',
      'Guests on their first visit whose search is known; with brand or product names given, only those who searched for one.',
    ),
    parameters: { keywords: words([]) },
    labels: { keywords: say('검색어 (비우면 무엇이든)', 'Words of the search (none: any)') },
    condition: ({ keywords }) => rule`
      new visitor and not member
      and ${keywords.length === 0 ? rule`session keyword matches "."` : rule`session keyword contains any of ${keywords}`}`,
  }),
  fixed({
    id: 'ad-visitors',
    group: 'arrival',
    name: say('광고로 온 방문자', 'Visitors from ads'),
    description: say(
      '이번 방문이 유료 광고에서 시작된 사람. 광고비가 든 방문을 놓치지 않게 합니다.',
      'Visits that began with a paid ad, and so have been paid for already.',
    ),
    condition: () => rule`
      channel is any of paid_search, paid_shopping, paid_social, paid_video, paid_other, display, cross_network`,
  }),
  fixed({
    id: 'social-visitors',
    group: 'arrival',
    name: say('SNS에서 온 방문자', 'Visitors from social media'),
    description: say(
      '인스타그램 같은 SNS나 동영상에서 들어온 사람. 본 게시물과 이어지는 화면을 보여 주세요.',
      'Visits from social media or videos; greet them with what the post was about.',
    ),
    condition: () => rule`
      channel is any of organic_social, paid_social, organic_video, paid_video`,
  }),
  fixed({
    id: 'ai-assistant-visitors',
    group: 'arrival',
    name: say('AI 어시스턴트에서 온 방문자', 'Visitors from AI assistants'),
    description: say(
      'ChatGPT 같은 AI 어시스턴트의 답변에서 들어온 사람. 추천을 받고 온 만큼 구매 의향이 높습니다.',
      'Visits from the answer of an AI assistant such as ChatGPT: they were recommended something and mean to buy.',
    ),
    condition: () => rule`channel is ai_assistant`,
  }),
  fixed({
    id: 'message-visitors',
    group: 'arrival',
    name: say('메시지를 받고 온 방문자', 'Visitors from your messages'),
    description: say(
      '이메일, 문자·알림톡, 앱 푸시를 누르고 들어온 사람. 메시지에서 말한 혜택을 이어 보여 주세요.',
      'Visits that follow an email, a text message or a push; go on with what it said.',
    ),
    condition: () => rule`channel is any of email, sms, push`,
  }),
];
