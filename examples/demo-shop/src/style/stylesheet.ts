import { baseStyle } from './base-style.ts';
import { basketStyle } from './basket-style.ts';
import { cardStyle } from './card-style.ts';
import { frameStyle } from './frame-style.ts';
import { pageStyle } from './page-style.ts';

/** The shop's whole CSS. */
export const stylesheet = [baseStyle, frameStyle, cardStyle, pageStyle, basketStyle].join('\n');
