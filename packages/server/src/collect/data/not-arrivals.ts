/**
 * Pages a buyer is sent to and back from in mid-visit: payment, identity checks and sign-in. A
 * referrer from one of them, or from its sub-domains, starts no new visit; otherwise every order
 * would be a "referral" of its payment company.
 */
export const notArrivalHosts: ReadonlySet<string> = new Set(
  `
inicis.com kcp.co.kr tosspayments.com toss.im nicepay.co.kr nicepay.kr kakaopay.com
pg-web.kakao.com mockup-pg-web.kakao.com online-pay.kakao.com pay.naver.com payco.com smilepay.co.kr ssgpay.com danalpay.com teledit.com
kicc.co.kr easypay.co.kr ksnet.co.kr kspay.ksnet.to settlebank.co.kr mobilians.co.kr payletter.com
iamport.kr portone.io portone.cloud eximbay.com galaxiamoney.co.kr lguplus.co.kr xpay.uplus.co.kr
bluewalnut.co.kr welcomepayments.co.kr
isp.vp.co.kr vpay.co.kr shinhancard.com samsungcard.com samsungpay.com hyundaicard.com
lottecard.co.kr bccard.com kbcard.com wooricard.com hanacard.co.kr nhcard.co.kr
checkplus.co.kr niceid.co.kr kmcert.com siren24.com mobile-ok.com
paypal.com stripe.com adyen.com klarna.com afterpay.com braintreegateway.com authorize.net
squareup.com alipay.com razorpay.com mollie.com checkout.com worldpay.com pay.google.com
payments.amazon.com pay.amazon.com pay.line.me
nid.naver.com accounts.kakao.com kauth.kakao.com accounts.google.com appleid.apple.com
login.live.com login.microsoftonline.com access.line.me
`
    .trim()
    .split(/\s+/),
);
