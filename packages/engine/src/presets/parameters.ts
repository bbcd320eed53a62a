import { MOST_AMOUNT } from '@tenth/model/measure.ts';
import { z } from 'zod';
import { say } from './preset.ts';

/** Kinds of parameters, each with its default and bounds; what a condition allows is never exceeded. */
const whole = (usual: number, least: number, most: number) =>
  z.number().int().min(least).max(most).default(usual);
export const times = (usual: number, most = 1_000) => whole(usual, 1, most);
export const windowDays = (usual: number, most = 90) => whole(usual, 1, most);
export const windowMinutes = (usual: number) => whole(usual, 1, 60);
export const withinMinutes = (usual: number) => whole(usual, 1, 129_600);
export const daysAgo = (usual: number) => whole(usual, 0, 3_650);
export const hour = (usual: number) => whole(usual, 0, 24);

export const share = (usual: number) => z.number().gt(0).lte(1).default(usual);
export const amount = (usual: number) => z.number().min(0).max(MOST_AMOUNT).default(usual);
export const currency = () =>
  z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('KRW');

const text = z.string().min(1).max(200);
export const word = (usual: string) => text.default(usual);
export const words = (usual: readonly string[], least = 0) =>
  z
    .array(text)
    .min(least)
    .max(200)
    .default([...usual]);

/** What parameters that come up again are called. */
export const labels = {
  windowDays: say('최근 며칠 동안', 'In the last days'),
  windowMinutes: say('최근 몇 분 동안', 'In the last minutes'),
  withinMinutes: say('몇 분 안에', 'Within minutes'),
  views: say('본 상품 수 (이상)', 'Product views, at least'),
  pages: say('본 페이지 수 (이상)', 'Pages seen, at least'),
  visits: say('방문 횟수 (이상)', 'Visits, at least'),
  orders: say('주문 횟수 (이상)', 'Orders, at least'),
  currency: say('통화', 'Currency'),
  amount: say('금액 (이상)', 'Amount, at least'),
} as const;
