import { z } from 'zod';

/** `unknown` stands for a client that says nothing about consent, as server libraries do. */
export const consentStates = ['granted', 'denied', 'unknown'] as const;
export const consentState = z.enum(consentStates);
export type ConsentState = z.infer<typeof consentState>;

/** How the browser script waits for consent: opt_in keeps nothing before a yes, opt_out until a no. */
export const consentModes = ['opt_in', 'opt_out', 'none'] as const;
export const consentMode = z.enum(consentModes);
export type ConsentMode = z.infer<typeof consentMode>;
