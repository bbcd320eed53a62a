import { z } from 'zod';
import { localizedText } from './locale.ts';

/** Where and how a message appears. Modals and slide-ins take the full screen on phones when told to. */
export const format = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('modal'), fullScreenOnPhones: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('full_screen') }),
  z.strictObject({ kind: z.literal('top_bar') }),
  z.strictObject({ kind: z.literal('bottom_bar') }),
  z.strictObject({
    kind: z.literal('slide_in'),
    corner: z.enum(['bottom_right', 'bottom_left']).default('bottom_right'),
  }),
  z.strictObject({
    kind: z.literal('inline'),
    placement: z
      .string()
      .max(100)
      .optional()
      .describe('Name of an element marked data-tenth-placement'),
    selector: z.string().max(300).optional().describe('CSS selector, where no placement is named'),
    position: z.enum(['replace', 'append', 'prepend', 'before', 'after']).default('replace'),
  }),
]);
export type Format = z.infer<typeof format>;

const template = localizedText.describe('Liquid template');

/** What a message says. Every text is a Liquid template over `person`, `event`, `cart`, `session`. */
export const content = z.strictObject({
  title: template.optional(),
  body: template.optional(),
  image: z.strictObject({ url: template, alt: template }).optional(),
  actions: z
    .array(
      z.strictObject({
        label: template,
        url: template.optional().describe('Where it leads; without one it only closes the message'),
        style: z.enum(['primary', 'secondary']).default('primary'),
      }),
    )
    .max(3)
    .optional(),
  coupon: z
    .strictObject({ code: z.string().min(1).max(100), label: template.optional() })
    .optional(),
  countdown: z
    .strictObject({ minutes: z.number().int().min(1).max(10_080), label: template.optional() })
    .optional()
    .describe('Runs from the moment of the decision'),
  progress: z
    .strictObject({
      value: z.string().max(200).describe('Liquid template that yields a number'),
      max: z.number().positive(),
      label: template.optional(),
    })
    .optional(),
  html: template
    .optional()
    .describe('Custom HTML, shown in a sandboxed frame instead of the other parts'),
  htmlHeightPx: z.number().int().min(20).max(1_000).optional(),
});
export type Content = z.infer<typeof content>;

/** Content after rendering, in one language: plain texts and checked addresses. */
export const renderedContent = z.strictObject({
  locale: z.enum(['ko', 'en']),
  title: z.string().optional(),
  body: z.string().optional(),
  image: z.strictObject({ url: z.string(), alt: z.string() }).optional(),
  actions: z
    .array(
      z.strictObject({
        label: z.string(),
        url: z.string().optional(),
        style: z.enum(['primary', 'secondary']),
      }),
    )
    .optional(),
  coupon: z.strictObject({ code: z.string(), label: z.string().optional() }).optional(),
  countdown: z.strictObject({ endsAt: z.number(), label: z.string().optional() }).optional(),
  progress: z
    .strictObject({ value: z.number(), max: z.number(), label: z.string().optional() })
    .optional(),
  html: z.string().optional(),
  htmlHeightPx: z.number().optional(),
});
export type RenderedContent = z.infer<typeof renderedContent>;
