import { privacySettings } from '@tenth/model/privacy-settings.ts';
import { bench, describe } from 'vitest';
import { collectBatch } from './collect.ts';
import { compileCollectSettings } from './settings.ts';

const BATCH_EVENTS = 10;
const settings = compileCollectSettings({
  referrerRules: [],
  internalHosts: ['pay.shop.kr'],
  identity: 'unsigned',
  privacy: privacySettings.parse({}),
});
const receivedAt = Date.UTC(2026, 4, 1);

/** 1.4 KB, as our own script sends it from a product page reached from a search. */
function aProductView(index: number): object {
  return {
    type: 'track',
    messageId: `message-${index}`,
    anonymousId: '5b0f6a3e-0d0b-4f0e-9a52-8b1f6f3a2c11',
    userId: 'member-1204',
    event: 'Product Viewed',
    timestamp: '2026-04-30T23:59:59.120Z',
    properties: {
      product_id: '507f1f77bcf86cd799439011',
      sku: 'G-32',
      category: '캠핑/텐트',
      name: '가벼운 4인용 텐트',
      brand: 'Outdoor',
      price: 189_000,
      quantity: 1,
      currency: 'KRW',
      url: 'https://www.shop.kr/product/507f1f77bcf86cd799439011',
      image_url: 'https://cdn.shop.kr/image/507f1f77bcf86cd799439011.jpg',
    },
    context: {
      page: {
        url: 'https://www.shop.kr/product/5?utm_source=naver&utm_medium=cpc&n_media=27758&n_query=%ED%85%90%ED%8A%B8',
        path: '/product/5',
        search: '?utm_source=naver&utm_medium=cpc&n_media=27758&n_query=%ED%85%90%ED%8A%B8',
        title: '가벼운 4인용 텐트 | Shop',
        referrer: `https://search.naver.com/search.naver?query=%ED%85%90%ED%8A%B8&page=${index}`,
      },
      locale: 'ko-KR',
      library: { name: 'tenth.js', version: '0.1.0' },
      screen: { width: 412, height: 915, density: 2.625 },
      timezone: 'Asia/Seoul',
      campaign: { source: 'naver', medium: 'cpc' },
      userAgentData: {
        brands: [
          { brand: 'Chromium', version: '124' },
          { brand: 'Google Chrome', version: '124' },
        ],
        mobile: true,
        platform: 'Android',
      },
      consent: 'granted',
    },
  };
}

const json = JSON.stringify({
  writeKey: 'key',
  decide: true,
  settingsVersion: 3,
  sentAt: '2026-05-01T00:00:00.000Z',
  batch: Array.from({ length: BATCH_EVENTS }, (_, index) => aProductView(index)),
});
const body: unknown = JSON.parse(json);

function collect(parsed: unknown): void {
  collectBatch({
    body: parsed,
    endpoint: 'batch',
    receivedAt,
    request: {
      userAgent:
        'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36',
      clientHints: { 'sec-ch-ua': '"Chromium";v="124"', 'sec-ch-ua-platform': '"Android"' },
      ip: '203.0.113.7',
      referer: 'https://www.shop.kr/',
      origin: 'https://www.shop.kr',
      gpc: false,
    },
    settings,
    verifyUserHash: () => false,
    isTrusted: false,
    newMessageId: () => 'generated',
    rawBytes: json.length,
  });
}

// Divide the mean by the events of the batch: the aim is at most 15 µs an event.
describe(`a batch of ${BATCH_EVENTS} product views`, () => {
  bench('collect', () => collect(body));
  bench('collect, with JSON.parse before it', () => collect(JSON.parse(json)));
});
