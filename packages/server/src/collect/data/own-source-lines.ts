/**
 * Our own list, read before the others: portals, shops, communities and mail of Korea, what big
 * services send visitors from besides their search, and apps that name themselves as referrer.
 *
 * source | category | keyword parameters | hosts, sub-domains included
 */
export const ownSourceLines = `
naver|search|query|search.naver.com
naver_shopping|shopping|query|shopping.naver.com search.shopping.naver.com msearch.shopping.naver.com cr.shopping.naver.com cr2.shopping.naver.com cr3.shopping.naver.com smartstore.naver.com brand.naver.com
naver_blog|social||blog.naver.com post.naver.com in.naver.com
naver_cafe|social||cafe.naver.com
naver_kin|social||kin.naver.com
naver_band|social||band.us
naver_tv|video||tv.naver.com chzzk.naver.com
naver|ad_search|query|adcr.naver.com ader.naver.com
naver|ad_display||siape.veta.naver.com g.tivan.naver.com
naver_mail|email||mail.naver.com
naver|portal|query|naver.com naver.me com.nhn.android.search
daum|search|q|search.daum.net
daum_cafe|social||cafe.daum.net
daum_mail|email||mail.daum.net mail.kakao.com hanmail.net
daum|portal|q|daum.net net.daum.android.daum
nate|search|q|search.nate.com
nate_pann|social||pann.nate.com
nate_mail|email||mail.nate.com mail3.nate.com
nate|portal|q|nate.com
zum|search|query|search.zum.com
zum|portal|query|zum.com
google|search|q|com.google.android.googlequicksearchbox
google|ad_display||googleads.g.doubleclick.net doubleclick.net googlesyndication.com
gmail|email||mail.google.com com.google.android.gm
yahoo_mail|email||mail.yahoo.com mail.yahoo.co.jp
outlook|email||outlook.live.com outlook.office.com outlook.office365.com outlook.com mail.live.com
zoho_mail|email||mail.zoho.com
proton_mail|email||mail.proton.me
icloud_mail|email||icloud.com
msn|portal||msn.com
yahoo|portal||www.yahoo.com www.yahoo.co.jp m.yahoo.co.jp
kakaotalk|social||talk.kakao.com pf.kakao.com open.kakao.com com.kakao.talk sharer.kakao.com
kakaostory|social||story.kakao.com com.kakao.story
kakao_tv|video||tv.kakao.com
kakao_shopping|shopping|q|gift.kakao.com store.kakao.com shoppinghow.kakao.com makers.kakao.com
kakao|portal||kakao.com
tistory|social||tistory.com
brunch|social||brunch.co.kr
dcinside|social||dcinside.com
clien|social||clien.net
ppomppu|social||ppomppu.co.kr
fmkorea|social||fmkorea.com
ruliweb|social||ruliweb.com
theqoo|social||theqoo.net
instiz|social||instiz.net
inven|social||inven.co.kr
bobaedream|social||bobaedream.co.kr
arca|social||arca.live
everytime|social||everytime.kr
blind|social||teamblind.com
facebook|social||fb.com fb.watch messenger.com com.facebook.katana com.facebook.orca
instagram|social||com.instagram.android
line|social||line.me liff.line.me jp.naver.line.android
twitter|social||com.twitter.android
quora|social||quora.com
whatsapp|social||whatsapp.com wa.me com.whatsapp
youtube|video||com.google.android.youtube
twitch|video||twitch.tv
dailymotion|video||dailymotion.com
soop|video||sooplive.co.kr sooplive.com afreecatv.com
coupang|shopping|q|coupang.com
11st|shopping|kwd|11st.co.kr
gmarket|shopping|keyword|gmarket.co.kr
auction|shopping|keyword|auction.co.kr
ssg|shopping|query|ssg.com
lotteon|shopping|q|lotteon.com
interpark|shopping|keyword|interpark.com
tmon|shopping|keyword|tmon.co.kr
wemakeprice|shopping|keyword|wemakeprice.com
danawa|shopping|query|danawa.com
enuri|shopping|keyword|enuri.com
musinsa|shopping|keyword|musinsa.com
zigzag|shopping||zigzag.kr
ably|shopping||a-bly.com
kurly|shopping|sword|kurly.com
oliveyoung|shopping|query|oliveyoung.co.kr
ohou|shopping|query|ohou.se
gsshop|shopping|tq|gsshop.com
cjonstyle|shopping||cjonstyle.com
amazon|shopping|k|amazon.com amazon.co.jp amazon.co.uk amazon.de
ebay|shopping|_nkw|ebay.com
aliexpress|shopping|SearchText|aliexpress.com
temu|shopping|search_key|temu.com
rakuten|shopping||rakuten.co.jp
etsy|shopping|q|etsy.com
walmart|shopping|q|walmart.com
google_shopping|shopping|q|shopping.google.com
copilot|ai_assistant||copilot.com
chatgpt|ai_assistant||com.openai.chatgpt
grok|ai_assistant||grok.x.ai
clova_x|ai_assistant||clova-x.naver.com
wrtn|ai_assistant||wrtn.ai
`;

/** Names that people write into utm_source for a source of the lists, by category. */
export const sourceNameLines = `
search|google googleads google_ads adwords bing naver naver_search naversearch naver_sa naversa daum daum_search nate zum yahoo baidu duckduckgo yandex ecosia
shopping|naver_shopping navershopping naver-shopping naver_ep shopping_naver google_shopping kakao_shopping shoppinghow coupang 11st gmarket auction danawa enuri amazon ebay shopify
social|facebook fb facebook_ads meta instagram ig insta threads twitter x tiktok kakao kakaotalk kakao_talk kakaostory kakao_channel kakaochannel kakaomoment kakao_moment naver_blog naverblog naver_cafe navercafe blog cafe band naver_band line linkedin pinterest reddit snapchat telegram discord whatsapp weibo wechat quora tistory
video|youtube yt youtube_ads vimeo twitch dailymotion naver_tv navertv kakao_tv soop afreecatv
ai_assistant|chatgpt openai perplexity claude gemini copilot
`;
