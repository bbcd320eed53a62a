import { isbot } from 'isbot';

/**
 * Who stands behind a user agent. A `library` is a program of the shop that speaks for its
 * visitors; it is nobody's device, and no bot either.
 */
export type SenderKind = 'browser' | 'crawler' | 'library' | 'unknown';

/** HTTP clients and the tracking libraries of Segment, RudderStack, Jitsu and others, by their first word. */
const LIBRARY =
  /^(?:curl|wget|libcurl|node|node-fetch|node-superagent|undici|axios|got|bun|deno|python|python-requests|python-urllib|python-httpx|aiohttp|httpx|requests|go-http-client|okhttp|java|apache-httpclient|jakarta|spring|reactor-?netty|armeria|ktor|ktor-client|retrofit|ruby|faraday|rest-client|http\.rb|typhoeus|php|guzzlehttp|symfony|laravel|dart|alamofire|restsharp|dotnet|\.net|rust|reqwest|hyper|ureq|elixir|hackney|mint|finch|postmanruntime|insomnia|httpie|hoppscotch|bruno|k6|grafana-?k6|artillery|autocannon|wrk|hey|vegeta|analytics[-_.][\w-]+|segment[\w-]*|rudder[\w-]*|jitsu[\w-]*|tenth[\w-]*|amazon-(?:eventbridge|api-gateway)[\w-]*|mailgun|sendgrid)(?:[\s/;(]|$)/i;

const BROWSER = /^(?:Mozilla|Opera|Dalvik|UCWEB)\//;
/** Korea's crawlers, in case the common list loses them; and browsers without a person in front. */
const OWN_CRAWLERS =
  /\b(?:Yeti|Daumoa|Daum\b(?!Apps)[ /]*\d*;? *\+?http|cowbot|kakaotalk-scrap|NaverBot|HeadlessChrome)\b/i;

export function readSenderKind(userAgent: string): SenderKind {
  if (userAgent === '') {
    return 'unknown';
  }
  if (LIBRARY.test(userAgent)) {
    return 'library';
  }
  if (OWN_CRAWLERS.test(userAgent) || isbot(userAgent)) {
    return 'crawler';
  }
  return BROWSER.test(userAgent) ? 'browser' : 'unknown';
}
